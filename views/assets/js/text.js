// Code points: browsers count UTF-16, the desk counts Unicode code points.

// codePoints counts the code points of a string.
export function codePoints(s) {
	let n = 0;
	for (const _ of s) n++;
	return n;
}
