// What keys of the keyboard do, on every page of the desk. The page says by
// <body data-keys> which key belongs to which act ("off" among them where they are
// switched off), and an element bears its act as data-key: the key does what that
// element does. Keys work outside fields only; Control+Enter (on a Mac, Command)
// works wherever one writes.
//
// Whose key it is, where several could be meant: an open form that dismisses has its
// reasons, as long as the focus is in it; the text's side has the keys of sentences
// (aria-keyshortcuts alone), while the focus is there or nowhere and no claim is at
// hand; then digits choose a verdict; then come the acts of the table.
import { fill } from "./form.js";

const table = (document.body.dataset.keys ?? "off").split(" ").filter(Boolean);
export const off = table.includes("off");
const acts = new Map();
const reasons = new Map();
for (const pair of table) {
	const at = pair.indexOf("=");
	const [act, key] = [pair.slice(0, at), pair.slice(at + 1)];
	if (at > 0 && key) (act.startsWith("why_") ? reasons : acts).set(key, act);
}

const doers = {};
// on has a page do an act in its own way; a doer that gives false leaves it to the elements.
export function on(act, doer) {
	doers[act] = doer;
}

const writes = (at) => at?.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])");

// card is the claim at hand, among several on a page.
export const card = () => document.activeElement?.closest("#cards > .claim") ?? document.querySelector("#cards > .claim.lit");

function unfold(el) {
	for (let d = el.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
}

const fields = "textarea, select, input:not([type=hidden])";

// use does what an element is there for: forms and what unfolds get the focus.
export function use(el) {
	if (el.matches("form, details, section")) {
		if (el.matches("details")) {
			fill(el);
			el.open = true;
		}
		unfold(el);
		el.scrollIntoView({ block: "nearest" });
		(el.querySelector(".why-buttons button") ?? el.querySelector(fields))?.focus();
	} else if (el.matches("summary")) {
		use(el.parentElement);
	} else if (el.matches("input:not([type=radio], [type=checkbox]), textarea, select")) {
		unfold(el);
		el.focus();
		el.select?.();
	} else {
		el.click();
	}
}

function elementOf(act) {
	const named = `[data-key="${CSS.escape(act)}"]`;
	const at = card();
	let inCard = at?.querySelector(named);
	if (at && !inCard) {
		at.querySelectorAll("details:has(> noscript)").forEach(fill);
		inCard = at.querySelector(named);
	}
	return inCard ?? [...document.querySelectorAll(named)].find((el) => !el.closest("#cards, dialog"));
}

// verdict is the nth step of the scale that has the focus, else of the first.
function verdict(n, at) {
	const scale = at?.closest("fieldset.steps") ?? document.querySelector("fieldset.steps");
	const step = scale?.querySelectorAll(".step:not(.none) input[type=radio]")[n - 1];
	return step && (() => {
		step.click();
		step.focus();
	});
}

const inText = (at) => at?.closest(".text-side") || (!at || at === document.body || at.id === "main") && !card();

// pressed gives what a key does here; nothing where it does nothing.
function pressed(key, at) {
	const why = at?.closest("details.dismiss[open]")?.querySelector(`[data-key="${CSS.escape(reasons.get(key) ?? "")}"]`);
	if (why) return () => why.click();
	const own = [...document.querySelectorAll(`[aria-keyshortcuts="${CSS.escape(key)}"]:not([data-key])`)]
		.find((el) => !el.closest(".text-side") || inText(at));
	if (own) return () => own.click();
	if (/^[1-9]$/.test(key)) return verdict(Number(key), at);
	const act = acts.get(key);
	if (!act) return;
	return () => {
		if (doers[act]?.() || doers[act] && !elementOf(act)) return;
		const el = elementOf(act);
		if (el) use(el);
	};
}

const known = (act) => Object.hasOwn(doers, act) || elementOf(act);

// send is Control+Enter: the form at hand, else what the page says it sends.
function send(at) {
	const named = '[aria-keyshortcuts="Control+Enter"]';
	const form = at?.closest("form:not([role=search])");
	const button = form ? form.querySelector(named) ?? form.querySelector("button.primary[type=submit], button.danger[type=submit], button[type=submit]") : document.querySelector(named);
	button?.click();
	return Boolean(button);
}

// What is on its way is done before the next key: keys pressed meanwhile wait, in their order.
let onTheWay = 0;
let leaving = 0; // when the browser began to leave the page, ms
const waiting = [];
const mostWaiting = 40;
const leaves = 3000; // ms, as after this it has stayed: what it went for was a file

// during has keys wait until an act has been answered and shown; they are dropped where it
// gives false, as they were meant for what it would have led to.
export async function during(act) {
	onTheWay++;
	try {
		if (await act === false) waiting.length = 0;
	} finally {
		onTheWay--;
		if (document.activeElement) catchUp();
	}
}

function catchUp() {
	while (onTheWay === 0 && waiting.length > 0) {
		const { key, meta } = waiting.shift();
		const at = document.activeElement;
		if (meta) send(at);
		else if (writes(at)) write(at, key);
		else if (!at?.closest("dialog")) doKey(key, at);
	}
}

// write puts a sign where somebody began to write before the field was there.
function write(field, sign) {
	if (typeof field.setRangeText !== "function" || field.readOnly) return;
	field.setRangeText(sign, field.selectionStart, field.selectionEnd, "end");
	field.dispatchEvent(new InputEvent("input", { bubbles: true, data: sign, inputType: "insertText" }));
}

// doKey does what a key does here, and reports whether that is anything.
function doKey(key, at) {
	const does = pressed(key, at);
	const act = acts.get(key);
	if (!does || act && !at?.closest("details.dismiss[open]") && !known(act) && !document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`)) return false;
	does();
	return true;
}

addEventListener("beforeunload", () => { leaving = Date.now(); });
addEventListener("pageshow", () => { leaving = 0; });

document.addEventListener("keydown", (event) => {
	if (event.defaultPrevented || event.isComposing) return;
	const at = event.target instanceof Element ? event.target : null;
	const meta = event.ctrlKey || event.metaKey;
	const sends = meta && event.key === "Enter";
	const single = !meta && !event.altKey && event.key.length === 1 && !off && !writes(at) && !at?.closest("dialog");
	if (!sends && !single) return;
	const act = acts.get(event.key);
	if (event.repeat && act !== "next" && act !== "prev") return event.preventDefault();
	if (Date.now() - leaving < leaves) return event.preventDefault();
	if (onTheWay > 0 && !writes(at)) {
		event.preventDefault();
		if (waiting.length < mostWaiting && !event.repeat) waiting.push({ key: event.key, meta });
		return;
	}
	if (sends ? send(at) : doKey(event.key, at)) event.preventDefault();
});

// What has a dialog of its own on the page opens that instead of leading away.
for (const name of ["help", "goto"]) {
	const dialog = document.getElementById(name + "-dialog");
	if (!dialog?.showModal) continue;
	document.addEventListener("click", (event) => {
		if (event.metaKey || event.ctrlKey || event.shiftKey || !event.target.closest?.(`a[data-key="${name}"]`)) return;
		event.preventDefault();
		dialog.showModal();
	});
}

// An address that names a form leads into it. Browsers take the focus away again as they
// scroll to what an address names, some time until the page is loaded.
function intoNamed() {
	const form = /^#(split|merge)$/.test(location.hash) && document.getElementById(location.hash.slice(1));
	if (!form) return;
	use(form);
	const field = document.activeElement;
	const back = () => setTimeout(() => {
		if (document.activeElement === document.body) field.focus({ preventScroll: true });
	});
	field.addEventListener("blur", back);
	const settled = () => setTimeout(() => field.removeEventListener("blur", back), settles);
	if (document.readyState === "complete") settled();
	else addEventListener("load", settled);
}
const settles = 500; // ms
addEventListener("hashchange", intoNamed);
intoNamed();

if (!off) {
	document.documentElement.classList.add("keyed");
	for (const bar of document.querySelectorAll(".keys[hidden]")) bar.hidden = false;
}
