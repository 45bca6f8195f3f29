// The article's page: each side lights the other, keys decide claim by claim,
// selected words become a claim. Without this script all of it is forms.
import { attend } from "./form.js";
import { card, during, on } from "./keys.js";
import { hold, since, takeAnswer } from "./live.js";
import { selectedWords } from "./text.js";

const main = document.getElementById("main");
const el = (id) => document.getElementById(id);
const narrowed = () => el("card-filter")?.querySelector("input:checked") !== el("card-filter")?.querySelector("input");
const cards = () => [...document.querySelectorAll("#cards > .claim")].filter(narrowed() ? (c) => c.checkVisibility() : () => true);
const marksOf = (id) => document.querySelectorAll(`mark[data-claim="${CSS.escape(id)}"]`);
const claimOf = (target) => target instanceof Element ? target.closest("[data-claim]")?.dataset.claim : undefined;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || document.querySelector("#cards.many") ? "auto" : "smooth";

let lit = "";
function light(id) {
	if (id === lit) return;
	for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
	lit = id || "";
	attend(lit ? el("k-" + lit) : null);
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
	if (narrowed() && !card.checkVisibility()) el("card-filter").querySelector("input").checked = true; // all
	light(id); // all that is written comes before what is measured, which would lay the page out each time
	going = true;
	card.focus({ preventScroll: true });
	going = false;
	card.scrollIntoView({ block: "nearest", behavior: calm });
	showWords(id);
}
let going = false;

function step(by) {
	const all = cards();
	if (all.length === 0) return;
	const at = all.findIndex((c) => c.contains(document.activeElement));
	const from = at >= 0 ? at : all.findIndex((c) => c.dataset.claim === lit);
	const next = from < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, from + by));
	goTo(all[next].dataset.claim);
}

on("next", () => step(1) ?? true);
on("prev", () => step(-1) ?? true);
on("claim", () => el("add") && (claimWords() ?? true));

document.addEventListener("keydown", (event) => {
	if (event.key !== "Escape") return;
	const form = event.target.closest?.("#cards details[open]");
	if (!form) return light("");
	form.open = false;
	goTo(claimOf(form));
});

let under = null; // the sentence under the pointer
document.addEventListener("pointerover", (event) => {
	if (!event.target.closest("#beside")) return;
	under = event.target.closest("#text .sen");
	light(claimOf(event.target) ?? card()?.dataset.claim);
});
document.addEventListener("focusin", (event) => {
	const id = claimOf(event.target);
	if (!id) return;
	light(id);
	if (!going && event.target.closest("#cards")) showWords(id);
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

// sentence gives the words of the sentence under the pointer, else of the one at hand.
function sentence() {
	const at = under?.isConnected && !document.activeElement.closest("#cover") ? under : document.querySelector("#text .sen.here");
	if (!at) return null;
	const parts = document.querySelectorAll(`#text .sen[data-at="${at.dataset.at}"]`);
	const range = document.createRange();
	range.setStartBefore(parts[0]);
	range.setEndAfter(parts[parts.length - 1]);
	return selectedWords(el("text"), { isCollapsed: false, rangeCount: 1, getRangeAt: () => range });
}

// claimWords makes a claim of the selected words, without any of the sentence; with
// neither it asks for the words.
function claimWords() {
	const details = el("add");
	const form = details.querySelector("form");
	const words = selected() ?? sentence();
	if (words) {
		form.elements.start.value = words.start;
		form.elements.end.value = words.end;
		form.elements.quote.value = words.quote;
		getSelection().removeAllRanges();
		form.requestSubmit();
	} else {
		details.open = true;
		form.elements.quote.focus();
		details.scrollIntoView({ block: "nearest", behavior: calm });
	}
}

document.addEventListener("click", (event) => {
	if (event.target.closest("#add-here")) claimWords();
});
// A quote changed by hand is no longer the words that were selected.
document.addEventListener("input", (event) => {
	const form = event.target.closest("#add form");
	if (form && event.target.name === "quote") form.elements.start.value = form.elements.end.value = "";
});

// An act on a claim is sent without leaving the page: the answer is the same
// page, of which the content is taken over, and the next claim gets the focus.
document.addEventListener("submit", (event) => {
	const form = event.target.closest("#cards form[data-act], #add form, #cover form[data-claims], .flashes form");
	if (!form || !window.fetch || event.defaultPrevented) return;
	event.preventDefault();
	const other = form.elements.of;
	if (event.submitter?.value === "duplicate" && other && !other.value.trim()) {
		other.focus();
		return say(labelOf(other));
	}
	if (!onTheWay.has(form)) during(hold(send(form, event.submitter)));
});
const onTheWay = new WeakSet(); // forms

// send gives false where the desk did not do it.
async function send(form, button) {
	const sent = {
		part: form.closest("#cards > .claim"),
		act: nameOf(button ?? form.querySelector("button[type=submit]")),
		next: form.elements.back?.value ? new URL(form.elements.back.value, location.href).hash.slice(3) : "",
		before: new Map(cards().map((c) => [c.dataset.claim, c.dataset.state])),
	};
	const body = new URLSearchParams(new FormData(form, button));
	onTheWay.add(form);
	form.setAttribute("aria-busy", "true");
	if (form.contains(document.activeElement)) sent.part?.focus({ preventScroll: true });
	const undo = foresee(form, button, sent);
	try {
		const answer = await fetch(form.action, { method: "POST", body, redirect: "follow", headers: since(!form.closest("#add, #cover")) });
		const html = await answer.text();
		await breath();
		const page = new DOMParser().parseFromString(html, "text/html");
		await breath();
		return await takeOver(page, answer, sent);
	} catch {
		undo();
		if (sent.part) goTo(sent.part.dataset.claim);
		document.dispatchEvent(new CustomEvent("unsent", { detail: form }));
		return false;
	} finally {
		onTheWay.delete(form);
		form.removeAttribute("aria-busy");
	}
}

// foresee shows what a move does before the desk has answered, where no more than somebody
// else's move can stand against it, and goes on to the next claim; it gives what takes that back.
function foresee(form, button, sent) {
	const { part, next } = sent;
	const state = form.elements.to?.value;
	const badge = part?.querySelector(".badge.state");
	const word = el("cards")?.dataset[`state_${state}`];
	if (!badge || !word || button?.value === "duplicate") return () => {};
	const was = { state: part.dataset.state, word: badge.textContent };
	const show = (state, word) => {
		for (const one of [part, badge]) one.classList.replace(`s-${part.dataset.state}`, `s-${state}`);
		part.dataset.state = state;
		badge.textContent = word;
		part.classList.toggle("foreseen");
	};
	show(state, word);
	if (next && part.contains(document.activeElement)) {
		goTo(next);
		sent.went = next;
	}
	return () => show(was.state, was.word);
}

// breath lets the browser show what a key did before more is done.
const breath = () => window.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));

const labelOf = (field) => field.labels?.[0]?.textContent.trim() ?? "";

// nameOf is how a button is called, without its key.
const nameOf = (button) => [...button.childNodes].filter((n) => !n.matches?.("kbd")).map((n) => n.textContent).join("").trim();

function say(words) {
	if (el("said")) el("said").textContent = words;
}

async function takeOver(page, answer, sent) {
	const fresh = page.getElementById("main");
	if (!fresh || !page.getElementById("cards") || !answer.ok) {
		// Refused: the answer says why, with what was typed.
		document.title = page.title;
		if (fresh) main.replaceChildren(...fresh.childNodes); // and with them goes what keeps the page current
		(el("problems") ?? main).focus();
		return false;
	}
	const writing = document.activeElement?.matches("input, textarea, select") && !sent.part?.contains(document.activeElement) && !document.activeElement.closest("#add");
	await takeAnswer(page, sent.part);
	for (const id of ["add", "cover-bar", "cover"]) {
		if (writing && id === "cover" && el(id)?.contains(document.activeElement)) continue;
		const now = page.getElementById(id);
		if (now) el(id)?.replaceWith(now);
	}
	const flashes = page.querySelector(".flashes");
	if (flashes) document.querySelector(".flashes").replaceWith(flashes);
	const elsewhere = sent.went && lit !== sent.went; // the reader has gone on by themselves
	const at = lit;
	lit = "";
	if (elsewhere) {
		light(at);
	} else if (!writing) {
		const changed = cards().find((c) => sent.before.get(c.dataset.claim) !== c.dataset.state)?.dataset.claim;
		goTo(sent.next || changed || [...sent.before.keys()].find((id) => el("k-" + id)));
		if (!card()) main.focus();
	}
	const told = flashes?.querySelector("p")?.textContent.trim();
	say(`${told || sent.act + "."} ${el("left")?.textContent.trim() ?? ""}`);
	return true;
}

// What the cards were narrowed to is said, with how many are left of them.
el("card-filter")?.addEventListener("change", (event) => say(`${labelOf(event.target)}: ${cards().length}`));

function arrive() {
	const match = /^#[ck]-(.+)$/.exec(location.hash);
	if (!match) return;
	light(match[1]);
	el("k-" + match[1])?.scrollIntoView({ block: "nearest" });
	showWords(match[1]);
}
addEventListener("hashchange", arrive);

arrive();
