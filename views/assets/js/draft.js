// What is typed into a form of the desk stays in this browser until it was sent: a closed
// tab, an expired session or a lost connection loses nothing. It is offered again, never put
// back unasked, and goes when it was sent, when its person signs out, or when it is old. Nothing is
// kept of passwords, codes and files, nor of what is marked data-nodraft.
import { changed } from "./form.js";

const holder = document.getElementById("drafts");
const words = holder?.dataset ?? {};
const mine = `cotejo:${words.person}:`;
const keys = (prefix) => Object.keys(localStorage).filter((key) => key.startsWith(prefix));

const days = 7;
const mostOne = 300_000; // signs of one draft
const mostAll = 1_500_000; // of all
const versions = 2; // of one form

// A draft is {s: when its page was opened, at: when it was written, version, fields: [[name, nth, value], …]}.
const read = (key) => {
	try {
		const list = JSON.parse(localStorage.getItem(key));
		return Array.isArray(list) ? list.filter((d) => d.at > Date.now() - days * 86_400_000 && Array.isArray(d.fields)) : [];
	} catch {
		return [];
	}
};

function write(key, list) {
	try {
		if (list.length === 0) return localStorage.removeItem(key);
		const text = JSON.stringify(list.slice(0, versions));
		if (text.length <= mostOne * versions) localStorage.setItem(key, text);
	} catch {
		// A browser that keeps nothing, or no more, keeps no draft.
	}
}

// tidy drops what is old, and the oldest where there is too much.
function tidy() {
	let room = mostAll;
	const all = keys("cotejo:").filter((key) => key.includes(":draft:")).map((key) => [key, read(key)]);
	all.sort((a, b) => (b[1][0]?.at ?? 0) - (a[1][0]?.at ?? 0));
	for (const [key, list] of all) {
		room -= localStorage.getItem(key)?.length ?? 0;
		if (list.length === 0 || room < 0) localStorage.removeItem(key);
	}
}

const secret = /^(password|old|new|repeat|code|token|secret)$/;
const texts = "textarea, input:is([type=text], [type=search], [type=url], [type=number], :not([type]))";

const mayKeep = (form) => form.getAttribute("method") === "post" && !form.closest("[data-nodraft], dialog, header") && !form.querySelector("[type=password], [autocomplete=one-time-code]") && form.querySelector(texts);
const kept = (field) => field.name && !field.disabled && !field.readOnly && field.matches("textarea, select:not([multiple]), input:not([type=hidden], [type=file], [type=password], [type=submit], [type=button])") && !secret.test(field.name);

// entries gives a form's fields with their names and which of the name they are.
function entries(form) {
	const counts = {};
	return [...form.elements].filter(kept).map((field) => [field.name, (counts[field.name] = (counts[field.name] ?? -1) + 1), field]);
}

const ticked = (field) => field.type === "checkbox" || field.type === "radio";
const valueOf = (field) => ticked(field) ? (field.checked ? "1" : "") : field.value;
function standard(field) {
	if (ticked(field)) return field.defaultChecked ? "1" : "";
	if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
	return ([...field.options].find((o) => o.defaultSelected) ?? field.options[0])?.value ?? "";
}

const states = new WeakMap(); // form → its key, the draft of this page, fields of a refused sending, what is to be offered
const passed = new WeakSet(); // forms of which nothing is kept
const action = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;

// keyOf tells forms apart: by where they are sent, and by what is in them.
function keyOf(form) {
	const fixed = [...form.querySelectorAll("input[type=hidden]:is([name=to], [name=kind], [name=part])")].map((f) => f.value);
	const names = [...new Set(entries(form).map(([name]) => name))].slice(0, 12);
	return `${mine}draft:${action(form)}:${[...fixed, ...names].join(",").slice(0, 200)}`;
}

function save(form) {
	const state = states.get(form);
	if (!state) return;
	clearTimeout(state.timer);
	state.timer = 0;
	const fields = entries(form).filter(([name, n, field]) => valueOf(field) !== standard(field) || state.carry.has(`${name} ${n}`)).map(([name, n, field]) => [name, n, valueOf(field)]);
	const others = read(state.key).filter((d) => d.s !== state.s);
	const worth = fields.some(([, , value]) => value.trim().length > 1) && !form.querySelector("[data-nodraft]:checked");
	if (fields.reduce((sum, [, , value]) => sum + value.length, 0) > mostOne) return;
	write(state.key, worth ? [{ s: state.s, at: Date.now(), version: form.elements.version?.value, fields }, ...others] : others);
}

function typed(event) {
	const form = event.target.form;
	const state = form && states.get(form);
	if (!state || !kept(event.target)) return;
	clearTimeout(state.timer);
	state.timer = setTimeout(() => save(form), 400);
}

function flush() {
	for (const form of document.forms) if (states.get(form)?.timer) save(form);
}

const fieldOf = (form, name, n) => entries(form).find(([other, nth]) => other === name && nth === n)?.[2];
const same = (form, draft) => draft.fields.every(([name, n, value]) => {
	const field = fieldOf(form, name, n);
	return field && valueOf(field) === value;
});

function button(label, does) {
	const out = document.createElement("button");
	out.type = "button";
	out.className = "small";
	out.textContent = label;
	out.addEventListener("click", does);
	return out;
}

// restore puts a draft back. The version that it was written upon goes with it, so that
// what others changed since is shown beside it when it is sent.
function restore(form, draft) {
	for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
	const lost = [];
	let first = null;
	for (const [name, n, value] of draft.fields) {
		const field = fieldOf(form, name, n);
		if (!field) {
			if (value.length > 1) lost.push(value);
			continue;
		}
		if (ticked(field)) field.checked = value === "1";
		else field.value = value;
		for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
		field.dispatchEvent(new Event("input", { bubbles: true }));
		field.dispatchEvent(new Event("change", { bubbles: true }));
		if (field.matches(texts)) first ??= field;
	}
	if (draft.version && form.elements.version) form.elements.version.value = draft.version;
	first?.focus();
	return lost;
}

function offer(form) {
	const state = states.get(form);
	const draft = state.list.shift();
	if (!draft) return;
	const drop = () => write(state.key, read(state.key).filter((d) => d.s !== draft.s));
	const note = document.createElement("div");
	note.className = "notice draft";
	note.setAttribute("role", "group");
	const text = document.createElement("p");
	const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(draft.at);
	text.textContent = words.offer.replace("{0}", when);
	note.setAttribute("aria-label", text.textContent);
	const actions = document.createElement("p");
	actions.className = "row";
	actions.append(button(words.restore, () => {
		const lost = restore(form, draft);
		drop();
		save(form);
		note.remove();
		say(words.restored);
		if (lost.length > 0) {
			const rest = document.createElement("p");
			rest.className = "notice draft-rest";
			rest.textContent = `${words.rest}\n\n${lost.join("\n\n")}`;
			form.prepend(rest);
		}
	}), button(words.drop, () => {
		drop();
		note.remove();
		say(words.dropped);
		offer(form);
		(form.querySelector(".draft button") ?? form.querySelector(texts))?.focus();
	}));
	const peek = document.createElement("p");
	peek.className = "draft-peek muted small";
	peek.textContent = draft.fields.map(([, , value]) => value).filter((value) => value.length > 1).join(" · ").slice(0, 140);
	note.append(text, peek, actions);
	let fold = null;
	for (let d = form.closest("details:not([open])"); d; d = d.parentElement.closest("details:not([open])")) fold = d;
	fold ? fold.before(note) : form.prepend(note);
}

// look begins to keep the forms that are new on the page, and offers what was typed into them.
function look() {
	for (const form of document.querySelectorAll("main form")) {
		if (states.has(form) || passed.has(form)) continue;
		if (!mayKeep(form)) {
			passed.add(form);
			continue;
		}
		const state = { key: keyOf(form), s: Date.now() + Math.random(), carry: new Set(), list: [], timer: 0 };
		states.set(form, state);
		const all = read(state.key);
		const refused = answered === state.key || Boolean(document.getElementById("problems"));
		const here = all.filter((d) => same(form, d));
		if (refused && here[0]) { // it is in the form, and not sent
			state.s = here[0].s;
			state.carry = new Set(here[0].fields.map(([name, n]) => `${name} ${n}`));
		} else if (here.length > 0) {
			write(state.key, all.filter((d) => !here.includes(d)));
		}
		state.list = all.filter((d) => !here.includes(d));
		offer(form);
	}
}

// What was sent is forgotten once the desk has taken it: then it leads on from the page
// of the form to another, as it does after nothing else.
const sent = `${mine}sent`;
let answered = ""; // which form this page is the answer to, where it shows that again
function taken() {
	let was;
	try {
		was = JSON.parse(sessionStorage.getItem(sent));
	} catch {
		return;
	}
	const [visit] = performance.getEntriesByType("navigation");
	if (!was || visit?.type !== "navigate" || document.referrer.split("#")[0] !== was.page) return;
	if (visit.redirectCount > 0) forget(was);
	else answered = was.key;
}

function forget(was) {
	for (const key of keys(was.key)) write(key, read(key).filter((d) => !was.whole && d.s !== was.s));
	sessionStorage.removeItem(sent);
}

let away = false; // the desk cannot be reached
const notice = document.getElementById("offline");

function say(text) {
	holder.textContent = text;
}

// reach asks whether the desk answers, and says so where that has changed.
async function reach() {
	let there = navigator.onLine;
	if (there) {
		try {
			there = (await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5000) })).ok;
		} catch {
			there = false;
		}
	}
	if (away === there) {
		away = !there;
		notice.textContent = there ? words.back : document.querySelector("main[data-nodraft]") ? words.offline_private : words.offline;
		notice.className = there ? "notice good net" : "notice warn net";
		if (there) setTimeout(() => away || notice.replaceChildren(), 4000);
	}
	if (away && navigator.onLine) setTimeout(reach, 4000);
	return there;
}

let swapping = null; // what another script sends, without the page being left

async function send(event) {
	const form = event.target;
	if (form.getAttribute("action") === "/logout") return leave();
	if (form.getAttribute("method") !== "post") return;
	const state = states.get(form);
	if (state) save(form);
	const whole = form.matches(".kept");
	const was = { page: location.href.split("#")[0], key: state?.key ?? `${mine}draft:${action(form)}:`, s: state?.s, whole };
	swapping = event.defaultPrevented && state ? was : null;
	sessionStorage.removeItem(sent);
	if (event.defaultPrevented) return;
	if (away || !navigator.onLine) {
		event.preventDefault();
		const button = event.submitter;
		if (await reach()) form.requestSubmit(button);
		else notice.textContent = state ? words.unsent : words.unsent_other;
	} else if (state || whole) {
		sessionStorage.setItem(sent, JSON.stringify(was));
	}
}

// unsent says that a form another script sent has had no answer; where the desk can be reached
// all the same, the page shows what became of it.
async function unsent({ detail: form }) {
	if (await reach()) location.reload();
	else notice.textContent = states.has(form) && changed(form) ? words.unsent : words.unsent_other;
}

// leave forgets all of a person who signs out.
function leave() {
	keys(mine).forEach((key) => localStorage.removeItem(key));
	for (const form of document.forms) states.delete(form);
	sessionStorage.removeItem(sent);
}

if (holder && notice) {
	try {
		tidy();
		taken();
	} catch {
		// Where a browser lets nothing be kept, the rest works all the same.
	}
	look();
	let timer = 0;
	new MutationObserver(() => {
		clearTimeout(timer);
		timer = setTimeout(look, 100);
	}).observe(document.getElementById("main"), { childList: true, subtree: true });
	document.addEventListener("input", typed);
	document.addEventListener("change", typed);
	addEventListener("pagehide", flush);
	document.addEventListener("visibilitychange", flush);
	document.addEventListener("submit", send);
	// A part that came in place of a form that was sent without the page being left.
	document.addEventListener("taken-over", () => {
		if (swapping && !document.getElementById("problems")) forget(swapping);
		swapping = null;
	});
	addEventListener("offline", reach);
	addEventListener("online", reach);
	document.addEventListener("unreachable", reach);
	document.addEventListener("unsent", unsent);
	if (!navigator.onLine) reach();
}
