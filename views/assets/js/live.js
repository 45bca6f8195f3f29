// What others change comes to an open page by itself: the server says that there
// is something to see, the page fetches itself anew, with its reader's rights,
// and takes over the parts that differ. What somebody is typing is left alone.
// Without this script a page is as it was when it was opened.
import { changed } from "./form.js";

const root = document.getElementById("live");
const said = document.getElementById("live-said");
const stacks = () => document.querySelectorAll("[data-live]");
const keyOf = (el, i) => el.id || el.getAttribute("aria-labelledby") || el.tagName + i;
let sent = null; // the part whose form was sent: what stands in it is not being written any more
let era = 0; // goes on with every act, so that what was asked before it is not taken over behind it
let answer = null; // of the reader's own act, while it is on its way
const known = new WeakMap(); // element → how the server rendered it

// rendered is what the server made of a part; its forms' tokens are new each time, and
// forms that are folded say nothing that the part does not.
const rendered = (part) => part.outerHTML.replace(/<input type="hidden" name="once"[^>]*>|<noscript>.*?<\/noscript>/gs, "");

function remember(page) {
	for (const stack of page.querySelectorAll("[data-live]")) {
		for (const part of stack.children) known.set(part, rendered(part));
	}
}

// selecting reports whether somebody marks words in a part: these stay marked, and
// the part is taken over with the next news.
function selecting(part) {
	const marked = getSelection();
	return !marked.isCollapsed && part.contains(marked.anchorNode);
}

function busy(part) {
	if (part === sent) return false;
	const at = document.activeElement;
	return changed(part) || part.contains(at) && at.matches("input, textarea, select");
}

// keep leaves a part as it is, and says beside it that it is an old one.
function keep(part) {
	if (part.querySelector(":scope > .live-kept")) return;
	const note = document.createElement("p");
	note.className = "notice warn live-kept";
	note.textContent = root.dataset.kept;
	part.prepend(note);
}

// replace takes a fresh part over; what was unfolded stays so, and the focus
// goes to the same place.
function replace(old, fresh) {
	const open = [...old.querySelectorAll("details")].map((d) => d.open);
	const focused = old.contains(document.activeElement) ? document.activeElement : null;
	const places = "a[href], button, summary, input, [tabindex]";
	const nth = focused ? [...old.querySelectorAll(places)].indexOf(focused) : -1;
	if (old.classList.contains("lit")) fresh.classList.add("lit");
	old.replaceWith(fresh);
	const now = [...fresh.querySelectorAll("details")];
	if (now.length === open.length) now.forEach((d, i) => { d.open = d.open || open[i]; });
	if (focused && old !== sent) ((focused.id && document.getElementById(focused.id)) || fresh.querySelectorAll(places)[nth] || document.getElementById("main")).focus({ preventScroll: true });
}

// merge brings the children of a stack to what the server renders now.
function merge(stack, fresh) {
	const old = new Map([...stack.children].map((part, i) => [keyOf(part, i), part]));
	let kept = false;
	let before = null;
	[...fresh.children].forEach((part, i) => {
		const html = rendered(part);
		const was = old.get(keyOf(part, i));
		old.delete(keyOf(part, i));
		let now = was;
		if (was && "same" in part.dataset) {
			// It is here as it is.
		} else if (!was) {
			now = document.importNode(part, true);
			before ? before.after(now) : stack.prepend(now);
			known.set(now, html);
		} else if (known.get(was) !== html || was === sent) {
			if (busy(was)) {
				keep(was);
				kept = behind = true;
			} else if (selecting(was)) {
				behind = true;
			} else {
				now = document.importNode(part, true);
				known.set(now, html);
				replace(was, now);
			}
		}
		before = now;
	});
	for (const part of old.values()) {
		if (busy(part)) {
			keep(part);
			kept = behind = true;
		} else {
			part.remove();
		}
	}
	return kept;
}

let behind = false; // something was left as it is although there is news of it

const here = (page) => page.querySelector("#text .sen.here")?.dataset.at;

// since tells the server what it need not send again, and at which sentence the reader
// is, where they stay there.
export const since = (stays = true) => ({
	...(root && !behind ? { "Cotejo-Since": root.dataset.seq } : {}),
	...(stays && here(document) ? { "Cotejo-At": here(document) } : {}),
});

const keys = (stack) => [...stack.children].map(keyOf).join(" ");

// lacks reports whether a page leaves out what is not here, or not in this order.
const lacks = (page) => [...stacks()].some((stack) => {
	const other = page.getElementById(stack.id);
	return other?.querySelector(":scope > [data-same]") && keys(stack) !== keys(other);
});

const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

// takeStrip takes over the marks of sentences that are others now.
function takeStrip(page) {
	const [old, fresh] = [document.getElementById("strip"), page.getElementById("strip")];
	if (!old || !fresh) return;
	if (old.children.length !== fresh.children.length) return old.replaceWith(document.importNode(fresh, true));
	const now = [...fresh.children];
	[...old.children].forEach((mark, i) => { if (!mark.isEqualNode(now[i])) mark.replaceWith(document.importNode(now[i], true)); });
}

function takeStacks(page) {
	let kept = false;
	behind = false;
	for (const stack of stacks()) {
		const other = page.getElementById(stack.id);
		if (other) kept = merge(stack, other) || kept;
	}
	takeStrip(page);
	for (const old of document.querySelectorAll("#text .sen.here")) {
		if (old.dataset.at !== here(page)) old.classList.remove("here");
	}
	return kept;
}

// hold keeps news away while an act of the reader's own is on its way: its answer is newer.
export function hold(act) {
	era++;
	const mine = act.finally(() => { if (answer === mine) answer = null; });
	answer = mine;
	return mine;
}

// takeAnswer brings the page to what the server answered to an act that was done in a part.
export async function takeAnswer(page, part) {
	const whole = lacks(page) ? await parsed(await fetch(root.dataset.page, { headers: { "Cotejo-Live": "1" } })) : page;
	sent = part;
	const kept = takeStacks(whole);
	sent = null;
	const fresh = whole.getElementById("live");
	if (root && fresh) say(fresh, kept);
}

function say(fresh, kept) {
	const news = [];
	const { news: what, seq } = fresh.dataset;
	if (what && seq !== root.dataset.seq) news.push(what);
	if (fresh.dataset.present !== root.dataset.present) news.push(fresh.dataset.present || root.dataset.alone);
	if (kept) news.push(root.dataset.kept);
	for (const name of ["seq", "news", "present", "stream"]) root.dataset[name] = fresh.dataset[name] ?? "";
	if (news.length > 0) said.textContent = news.join(" ");
}

let looking = false;
let again = false;
async function look() {
	again = true;
	if (looking) return;
	looking = true;
	try {
		while (again) {
			again = false;
			await answer;
			const asked = era;
			const now = await fetch(root.dataset.page, { headers: { "Cotejo-Live": "1", ...since() } });
			if (!now.ok || now.redirected) return close();
			const html = await now.text();
			if (asked !== era) {
				again = true;
				continue;
			}
			const page = new DOMParser().parseFromString(html, "text/html");
			if (lacks(page)) {
				behind = again = true;
				continue;
			}
			const fresh = page.getElementById("live");
			if (!fresh) return close();
			if (fresh.dataset.subject !== root.dataset.subject) {
				said.textContent = root.dataset.other;
				over = true;
				return close();
			}
			say(fresh, takeStacks(page));
			await new Promise((done) => setTimeout(done, Number(root.dataset.pause) || 0));
		}
	} catch {
		// The stream comes back by itself, and with it the next chance.
		document.dispatchEvent(new Event("unreachable"));
	} finally {
		looking = false;
	}
}

// One stream a browser: the page in front has it, hidden ones and those behind
// give theirs up and catch up when they come to the front.
let source = null;
let over = false;
const others = "BroadcastChannel" in window ? new BroadcastChannel("cotejo-live") : null;

function open() {
	if (source || over || document.hidden) return;
	source = new EventSource(root.dataset.stream);
	source.addEventListener("look", look);
	source.addEventListener("error", () => document.dispatchEvent(new Event("unreachable")));
	source.addEventListener("open", () => root.classList.add("on"));
	source.addEventListener("end", () => {
		over = true;
		close();
	});
	others?.postMessage("mine");
}

function close() {
	source?.close();
	source = null;
	root.classList.remove("on");
}

if (root && said && "EventSource" in window) {
	remember(document);
	others?.addEventListener("message", close);
	document.addEventListener("visibilitychange", () => document.hidden ? close() : open());
	addEventListener("focus", open);
	addEventListener("pagehide", close);
	addEventListener("pageshow", open);
	open();
}
