// Sentence by sentence without leaving the page: links and forms of the strip and its
// panel fetch the page they lead to, and what differs is taken over.
import { during } from "./keys.js";
import { hold, since, takeAnswer } from "./live.js";

const el = (id) => document.getElementById(id);
const parts = ["cover-bar", "cover"];

async function takeOver(answer) {
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	if (!page.getElementById("cover")) return location.assign(answer.url);
	await takeAnswer(page);
	for (const id of parts) {
		const now = page.getElementById(id);
		if (el(id) && now) el(id).replaceWith(now);
	}
	if (answer.ok) history.replaceState(null, "", answer.url);
	const flash = page.querySelector(".flashes");
	if (flash) document.querySelector(".flashes")?.replaceWith(flash);
	show();
	el("said").textContent = `${el("cover-bar")?.textContent.trim() ?? ""}. ${el("cover-h")?.textContent.trim() ?? ""}`;
}

// show brings the sentence at hand into sight, and the panel on small screens.
function show() {
	const text = el("text");
	const here = text?.querySelector(".sen.here");
	if (here && text.scrollHeight > text.clientHeight) {
		const box = here.getBoundingClientRect();
		const frame = text.getBoundingClientRect();
		if (box.top < frame.top || box.bottom > frame.bottom) text.scrollTop += box.top - frame.top - frame.height / 3;
	}
	const panel = el("cover");
	(panel?.querySelector("#problems") ?? panel?.querySelector("button[name=reason], .walk a"))?.focus({ preventScroll: true });
	panel?.scrollIntoView({ block: "nearest" });
}

const go = (address, options) => during(hold(gone(address, options)));

async function gone(address, options) {
	try {
		await takeOver(await fetch(address, { ...options, headers: since(false) }));
	} catch {
		location.assign(address);
	}
}

document.addEventListener("click", (event) => {
	if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
	const link = event.target.closest("#strip a, #cover-bar a, #cover .walk a");
	if (!link) return;
	event.preventDefault();
	go(link.href);
});

document.addEventListener("submit", (event) => {
	const form = event.target.closest("form[data-cover]");
	if (!form) return;
	event.preventDefault();
	const body = new URLSearchParams(new FormData(form, event.submitter));
	if (form.ariaBusy === "true") return;
	form.ariaBusy = "true";
	go(form.action, { method: "POST", body });
});

// Another reason is typed at once.
document.addEventListener("toggle", (event) => {
	if (event.target.matches?.("details.skip-other[open]")) event.target.querySelector("input[name=note]")?.focus();
}, true);

if (new URL(location.href).searchParams.has("at")) show();
