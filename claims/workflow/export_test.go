package workflow

import "cotejo/claims"

// RightToUndo says what policy is asked about taking an act back, or that it is final.
func RightToUndo(act string) (right claims.Act, isFinal bool) { return rightToUndo(act), final[act] }
