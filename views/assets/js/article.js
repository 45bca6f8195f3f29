// The article's page: each side lights the other, keys decide claim by claim,
// selected words become a claim. Without this script all of it is forms.
import { selectedWords } from "./text.js";

const main = document.getElementById("main");
const el = (id) => document.getElementById(id);
const cards = () => [...document.querySelectorAll("#cards > .claim")];
const marksOf = (id) => document.querySelectorAll(`mark[data-claim="${CSS.escape(id)}"]`);
const claimOf = (target) => target instanceof Element ? target.closest("[data-claim]")?.dataset.claim : undefined;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

let lit = "";
function light(id) {
	if (id === lit) return;
	for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
	lit = id || "";
	if (!lit) return;
	for (const m of marksOf(lit)) m.classList.add("lit");
	el("k-" + lit)?.classList.add("lit");
}

// showWords brings a claim's words into sight beside its card.
function showWords(id) {
	const mark = el("c-" + id);
	const text = el("text");
	if (!mark || !text || text.scrollHeight <= text.clientHeight) return;
	const box = mark.getBoundingClientRect();
	const frame = text.getBoundingClientRect();
	if (box.top < frame.top || box.bottom > frame.bottom) {
		text.scrollBy({ top: box.top - frame.top - frame.height / 3, behavior: calm });
	}
}

function goTo(id) {
	const card = el("k-" + id);
	if (!card) return;
	card.focus({ preventScroll: true });
	card.scrollIntoView({ block: "nearest", behavior: calm });
	light(id);
	showWords(id);
}

function step(by) {
	const all = cards();
	if (all.length === 0) return;
	const at = all.findIndex((c) => c.contains(document.activeElement));
	const from = at >= 0 ? at : all.findIndex((c) => c.dataset.claim === lit);
	const next = from < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, from + by));
	goTo(all[next].dataset.claim);
}

const current = () => cards().find((c) => c.contains(document.activeElement)) ?? cards().find((c) => c.dataset.claim === lit);

function openForm(kind) {
	const form = current()?.querySelector(`details.${kind}`);
	if (!form) return;
	form.open = true;
	form.querySelector("select, textarea, input:not([type=hidden])")?.focus();
}

const keys = {
	j: () => step(1),
	k: () => step(-1),
	a: () => current()?.querySelector("form[data-act=open]")?.requestSubmit(),
	x: () => openForm("dismiss"),
	e: () => openForm("edit"),
	n: () => addSelected(),
};

document.addEventListener("keydown", (event) => {
	if (event.key === "Escape") return light("");
	const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
	if (typing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
	event.preventDefault();
	keys[event.key]();
});

document.addEventListener("pointerover", (event) => {
	if (!event.target.closest("#beside")) return;
	light(claimOf(event.target) ?? current()?.dataset.claim);
});
document.addEventListener("focusin", (event) => {
	const id = claimOf(event.target);
	if (!id) return;
	light(id);
	if (event.target.closest("#cards")) showWords(id);
});
document.addEventListener("click", (event) => {
	const mark = event.target.closest("mark[data-claim]");
	const number = event.target.closest("a.n, a.n-big");
	if (number) {
		event.preventDefault();
		return goTo(claimOf(number));
	}
	if (mark && getSelection().isCollapsed) goTo(mark.dataset.claim);
});

// Selected words become a claim: code points and the quote are sent.
function selected() {
	const text = el("text");
	return text ? selectedWords(text, getSelection()) : null;
}

document.addEventListener("selectionchange", () => {
	const button = el("add-here");
	if (button) button.hidden = !selected();
});

function addSelected() {
	const details = el("add");
	if (!details) return;
	const form = details.querySelector("form");
	const words = selected();
	details.open = true;
	if (words) {
		form.elements.start.value = words.start;
		form.elements.end.value = words.end;
		form.elements.quote.value = words.quote;
		getSelection().removeAllRanges();
		form.querySelector("button[type=submit]").focus();
	} else {
		form.elements.quote.focus();
	}
	details.scrollIntoView({ block: "nearest", behavior: calm });
}

document.addEventListener("click", (event) => {
	if (event.target.closest("#add-here")) addSelected();
});
// A quote changed by hand is no longer the words that were selected.
document.addEventListener("input", (event) => {
	const form = event.target.closest("#add form");
	if (form && event.target.name === "quote") form.elements.start.value = form.elements.end.value = "";
});

// An act on a claim is sent without leaving the page: the answer is the same
// page, of which the content is taken over, and the next claim gets the focus.
document.addEventListener("submit", async (event) => {
	const form = event.target.closest("#cards form[data-act]");
	if (!form || !window.fetch) return;
	event.preventDefault();
	const act = form.querySelector("button[type=submit]").textContent.trim();
	const next = new URL(form.elements.back.value, location.href).hash.slice(3);
	const body = new URLSearchParams(new FormData(form));
	for (const button of form.querySelectorAll("button")) button.disabled = true;
	try {
		const answer = await fetch(form.action, { method: "POST", body, redirect: "follow" });
		takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"), answer, next, act);
	} catch {
		location.reload();
	}
});

function takeOver(page, answer, next, act) {
	const fresh = page.getElementById("main");
	if (!fresh || !page.getElementById("cards")) {
		// Refused: the answer is another page that says why, with what was typed.
		document.title = page.title;
		if (fresh) main.replaceChildren(...fresh.childNodes); // and with them goes what keeps the page current
		(el("problems") ?? main).focus();
		return;
	}
	const scrolled = el("text")?.scrollTop ?? 0;
	for (const id of ["cards", "left", "text"]) {
		const old = el(id);
		const now = page.getElementById(id);
		if (old && now) old.replaceWith(now);
	}
	if (el("text")) el("text").scrollTop = scrolled;
	document.dispatchEvent(new Event("taken-over"));
	lit = "";
	goTo(next);
	el("said").textContent = `${act}. ${el("left")?.textContent.trim() ?? ""}`;
}

function arrive() {
	const match = /^#[ck]-(.+)$/.exec(location.hash);
	if (!match) return;
	light(match[1]);
	el("k-" + match[1])?.scrollIntoView({ block: "nearest" });
	showWords(match[1]);
}
addEventListener("hashchange", arrive);

el("keys")?.removeAttribute("hidden");
arrive();
