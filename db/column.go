package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"cotejo/claims"
)

// micros gives a time as its column holds it; NULL for the zero time.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// microsPtr gives an optional time as its column holds it.
func microsPtr(t *time.Time) any {
	if t == nil {
		return nil
	}
	return t.UnixMicro()
}

// timeColumn reads a time; NULL leaves the zero time.
type timeColumn struct{ to *time.Time }

func (c timeColumn) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*c.to = time.Time{}
	case int64:
		*c.to = time.UnixMicro(v).UTC()
	default:
		return fmt.Errorf("db: a time stands as %T", src)
	}
	return nil
}

// timePtrColumn reads an optional time.
type timePtrColumn struct{ to **time.Time }

func (c timePtrColumn) Scan(src any) error {
	if src == nil {
		*c.to = nil
		return nil
	}
	*c.to = new(time.Time)
	return timeColumn{*c.to}.Scan(src)
}

// day gives an optional date as its column holds it.
func day(d *claims.Date) any {
	if d == nil {
		return nil
	}
	return string(*d)
}

// dayColumn reads an optional date.
type dayColumn struct{ to **claims.Date }

func (c dayColumn) Scan(src any) error {
	if src == nil {
		*c.to = nil
		return nil
	}
	text, err := columnText(src)
	d := claims.Date(text)
	*c.to = &d
	return err
}

// jsonValue gives a map or struct as its column holds it.
type jsonValue struct{ v any }

// Value implements driver.Valuer.
func (j jsonValue) Value() (driver.Value, error) {
	text, err := json.Marshal(j.v)
	return string(text), err
}

// jsonList gives a list as its column holds it; no list is the empty one.
func jsonList[T any](list []T) jsonValue {
	if list == nil {
		list = []T{}
	}
	return jsonValue{list}
}

// jsonColumn reads a list or map.
type jsonColumn struct{ to any }

func (c jsonColumn) Scan(src any) error {
	text, err := columnText(src)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), c.to)
}

func columnText(src any) (string, error) {
	switch v := src.(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("db: a text stands as %T", src)
}

// bytesOf gives bytes as their column holds them; none are not NULL.
func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
