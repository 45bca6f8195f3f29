// Every page of the desk: what is wrong with a form is the first thing that
// the keyboard and a screen reader meet.
document.getElementById("problems")?.focus();

// What says its key by aria-keyshortcuts is done by it: letters outside fields,
// Control+Enter (on a Mac, Command) wherever one writes.
document.documentElement.classList.add("keyed");
document.addEventListener("keydown", (event) => {
	const meta = event.ctrlKey || event.metaKey;
	const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
	const key = meta && event.key === "Enter" ? "Control+Enter" : meta || event.altKey || typing || event.repeat ? "" : event.key;
	const does = key && document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
	if (!does) return;
	event.preventDefault();
	does.click();
});

// On a telephone the navigation scrolls sideways: where one is stands in sight.
const here = document.querySelector(".nav [aria-current]");
const bar = here?.closest("ul");
if (bar) {
	const [inner, outer] = [here.getBoundingClientRect(), bar.getBoundingClientRect()];
	bar.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
}
