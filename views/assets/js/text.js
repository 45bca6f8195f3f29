// Code points: browsers count UTF-16, the desk counts Unicode code points.

// codePoints counts the code points of a string.
export function codePoints(s) {
	let n = 0;
	for (const _ of s) n++;
	return n;
}

// offsetIn gives the code points of a paragraph's text before a DOM position
// inside it. The paragraph holds the article's words only.
export function offsetIn(paragraph, node, offset) {
	const before = document.createRange();
	before.selectNodeContents(paragraph);
	before.setEnd(node, offset);
	return codePoints(before.toString());
}

// selectedWords gives the words selected inside root as {start, end, quote} in
// code points of the article, blanks at both ends left out; null where the
// selection is empty or leaves the text. Every paragraph bears its first code
// point as data-start.
export function selectedWords(root, selection) {
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
	const range = selection.getRangeAt(0);
	if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
	const parts = [];
	for (const p of root.querySelectorAll("p[data-start]")) {
		if (!range.intersectsNode(p)) continue;
		const first = Number(p.dataset.start);
		const start = p.contains(range.startContainer) ? offsetIn(p, range.startContainer, range.startOffset) : 0;
		const end = p.contains(range.endContainer) ? offsetIn(p, range.endContainer, range.endOffset) : codePoints(p.textContent);
		if (end > start) parts.push({ start: first + start, end: first + end, text: [...p.textContent].slice(start, end).join("") });
	}
	if (parts.length === 0) return null;
	return trimmed(joined(parts));
}

// joined fills the lines between paragraphs with the line ends that the page
// does not show.
function joined(parts) {
	const out = { start: parts[0].start, end: parts[0].end, quote: parts[0].text };
	for (const part of parts.slice(1)) {
		out.quote += "\n".repeat(part.start - out.end) + part.text;
		out.end = part.end;
	}
	return out;
}

function trimmed(words) {
	const lead = codePoints(words.quote) - codePoints(words.quote.trimStart());
	const tail = codePoints(words.quote) - codePoints(words.quote.trimEnd());
	const quote = words.quote.trim();
	return quote ? { start: words.start + lead, end: words.end - tail, quote } : null;
}
