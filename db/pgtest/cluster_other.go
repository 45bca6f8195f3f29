//go:build !linux

package pgtest

import "errors"

func startCluster() (string, func(), error) {
	return "", nil, errors.New("a private cluster is started on Linux only")
}
