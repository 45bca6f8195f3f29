import "./keys.js";

// Every page of the desk: what is wrong with a form is the first thing that
// the keyboard and a screen reader meet.
document.getElementById("problems")?.focus();

// On a telephone the navigation scrolls sideways: where one is stands in sight.
const here = document.querySelector(".nav [aria-current]");
const bar = here?.closest("ul");
if (bar) {
	const [inner, outer] = [here.getBoundingClientRect(), bar.getBoundingClientRect()];
	bar.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
}
