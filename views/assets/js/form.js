// What the scripts of the desk ask of forms: whether somebody put something in, and to be
// there where they were folded.

// changed reports whether somebody has put something into a part's forms.
export function changed(part) {
	return [...part.querySelectorAll("input, textarea, select")].some((field) => {
		if (field instanceof HTMLSelectElement) {
			const standard = [...field.options].findIndex((o) => o.defaultSelected);
			return field.selectedIndex !== Math.max(standard, 0);
		}
		if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
		return field.type !== "hidden" && field.value !== field.defaultValue;
	});
}

// fill makes a form of what is folded as one that only browsers without scripts see, and
// gives what folds it again.
export function fill(details) {
	const folded = details.querySelector(":scope > noscript");
	if (!folded) return;
	const source = folded.childElementCount > 0 ? folded.cloneNode(true) : new DOMParser().parseFromString(folded.textContent, "text/html").body;
	const form = [...source.childNodes];
	folded.replaceWith(...form);
	return () => {
		if (details.open || changed(details) || !form[0].isConnected) return;
		form[0].before(folded);
		form.forEach((node) => node.remove());
	};
}

for (const event of ["click", "toggle"]) {
	document.addEventListener(event, ({ target }) => {
		const details = target.closest?.("summary")?.parentElement ?? target;
		if (details.matches?.("details")) fill(details);
	}, true);
}

const whenIdle = window.requestIdleCallback ?? setTimeout;
let attended = null;
let foldAgain = [];

// attend fills the forms of the part that is looked at before they are asked for, and folds
// those of the last one.
export function attend(part) {
	if (part === attended) return;
	attended = part;
	whenIdle(() => {
		if (part !== attended) return;
		for (const fold of foldAgain) fold();
		foldAgain = part ? [...part.querySelectorAll("details:has(> noscript)")].map(fill) : [];
	});
}
