// Control+K (on a Mac, Command+K) opens a list of what can be done and gone to: acts of
// the page at hand, by the words of their buttons, and what the desk finds for what is
// typed. Without this script the link in the head leads to the search.
const box = document.getElementById("palette");
const link = document.getElementById("palette-link");
const field = document.getElementById("palette-q");
const list = document.getElementById("palette-list");
const said = document.getElementById("palette-said");
const wait = 120; // ms without a key before the desk is asked
const mostActs = 8;
const kept = `cotejo:${box?.dataset.person}:recent`;

// fold takes accents and case away, as the desk's search does.
const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// recent is what was open lately, "claim:ID" and the like; no words of it are kept.
function recent() {
	try {
		return JSON.parse(localStorage.getItem(kept)) ?? [];
	} catch {
		return [];
	}
}

function remember() {
	const at = location.pathname.match(/^\/(claim|article|source)s\/([0-9A-Z]+)$/);
	if (!at) return;
	const one = `${at[1]}:${at[2]}`;
	try {
		localStorage.setItem(kept, JSON.stringify([one, ...recent().filter((other) => other !== one)].slice(0, 7)));
	} catch {
		// A browser that keeps nothing has nothing recent.
	}
}

let before = null; // what had the focus
let doers = []; // what each option of an act does

const nameOf = (el) => {
	const copy = el.cloneNode(true);
	copy.querySelectorAll("kbd, [aria-hidden=true]").forEach((part) => part.remove());
	return (el.getAttribute("aria-label") ?? copy.textContent).replace(/\s+/g, " ").trim().slice(0, 100);
};

// atHand leaves the buttons of a list's items out, but for the item where the focus was.
function atHand(el) {
	const item = el.closest(".cards > *, .list > *");
	return !item || item.contains(before) && before !== document.body || item.classList.contains("lit");
}

function acts(query) {
	const words = fold(query).split(/\s+/).filter(Boolean);
	const found = new Map();
	const places = ["main button:not([disabled]), main a.button, main summary", ".me button"];
	for (const el of places.flatMap((place) => [...document.querySelectorAll(place)])) {
		const name = nameOf(el);
		if (!name || found.has(name) || !el.checkVisibility() || !atHand(el)) continue;
		if (words.every((word) => fold(name).includes(word))) found.set(name, el);
	}
	return [...found].slice(0, mostActs);
}

// use does what an element is there for; what unfolds gets the focus in its first field.
function use(el) {
	el.scrollIntoView({ block: "nearest" });
	el.focus();
	if (!el.matches("summary")) return el.click();
	el.parentElement.open = true;
	el.parentElement.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function group(name, title) {
	const out = document.createElement("div");
	out.dataset.group = name;
	out.setAttribute("role", "group");
	const head = document.createElement("div");
	head.id = `palette-${name}`;
	head.className = "palette-h";
	head.setAttribute("role", "presentation");
	head.textContent = title;
	out.append(head);
	out.setAttribute("aria-labelledby", head.id);
	return out;
}

function option(words) {
	const out = document.createElement("div");
	out.setAttribute("role", "option");
	out.textContent = words;
	return out;
}

const options = () => [...list.querySelectorAll("[role=option]")];
let at = -1;

function mark(n) {
	const all = options();
	all[at]?.setAttribute("aria-selected", "false");
	at = all.length === 0 ? -1 : n < 0 ? all.length - 1 : n % all.length;
	if (at < 0) return;
	all[at].setAttribute("aria-selected", "true");
	field.setAttribute("aria-activedescendant", all[at].id);
	all[at].scrollIntoView({ block: "nearest" });
}

// show puts the acts and what the desk offers into the list.
function show(query, html) {
	const offers = document.createElement("template");
	offers.innerHTML = html;
	const mine = acts(query);
	doers = [];
	const parts = [...offers.content.children];
	if (mine.length > 0) {
		const own = group("acts", box.dataset.acts);
		for (const [name, el] of mine) {
			const one = option(name);
			one.dataset.act = String(doers.push(el) - 1);
			own.append(one);
		}
		parts.splice(parts[0]?.dataset.group === "recent" ? 1 : 0, 0, own);
	}
	const count = parts.reduce((n, part) => n + part.querySelectorAll("[role=option]").length, 0);
	if (query) {
		const all = group("all", box.dataset.everywhere);
		const one = option(query);
		one.dataset.href = `/search?q=${encodeURIComponent(query)}`;
		all.append(one);
		parts.push(all);
	}
	list.replaceChildren(...parts);
	options().forEach((one, i) => {
		one.id = `palette-o${i}`;
		one.setAttribute("aria-selected", "false");
	});
	at = -1;
	field.setAttribute("aria-expanded", String(options().length > 0));
	field.removeAttribute("aria-activedescendant");
	if (query || parts[0]?.dataset.group !== "acts") mark(0); // Enter alone does nothing that was not asked for
	list.scrollTop = 0;
	said.classList.toggle("sr", count > 0);
	said.textContent = count > 0 ? box.dataset.count.replace("{0}", count) : box.dataset.none;
}

let timer = 0;
let asking = null;
let going = false; // Enter was pressed before the answer came

async function ask() {
	asking?.abort();
	const mine = asking = new AbortController();
	const query = field.value.trim();
	const params = query ? [["q", query]] : recent().filter((one) => !location.pathname.endsWith(one.split(":")[1])).slice(0, 6).map((one) => ["recent", one]);
	let html = "";
	let failed = false;
	try {
		const answer = await fetch(`/palette?${new URLSearchParams(params)}`, { signal: mine.signal });
		failed = !answer.ok || answer.redirected;
		if (!failed) html = await answer.text();
	} catch (err) {
		if (err.name === "AbortError") return;
		failed = true;
	}
	if (mine.signal.aborted) return;
	asking = null;
	show(query, html);
	if (failed) {
		said.classList.remove("sr");
		said.textContent = box.dataset.failed;
		document.dispatchEvent(new Event("unreachable"));
	}
	if (going) choose();
}

function later() {
	asking?.abort();
	asking = new AbortController(); // an answer is owed from now on
	clearTimeout(timer);
	timer = setTimeout(ask, wait);
}

// leave closes the palette for something else, which has the focus from then on.
function leave() {
	before = null;
	box.close();
	document.activeElement?.blur();
}

function choose(away) {
	going = asking !== null;
	const one = options()[at];
	if (going || !one) return;
	if (one.dataset.href) {
		if (away) return void open(one.dataset.href);
		leave();
		return location.assign(one.dataset.href);
	}
	const el = doers[Number(one.dataset.act)];
	leave();
	if (el?.isConnected) use(el);
}

function begin() {
	if (box.open) return box.close();
	if (document.querySelector("dialog:modal")) return;
	before = document.activeElement;
	field.value = "";
	going = false;
	box.showModal();
	field.focus();
	show("", "");
	ask();
}

if (box?.showModal && link) {
	remember();
	link.setAttribute("role", "button");
	link.setAttribute("aria-haspopup", "dialog");
	link.setAttribute("aria-keyshortcuts", "Control+K");
	link.addEventListener("click", (event) => {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		begin();
	});
	link.addEventListener("keydown", (event) => {
		if (event.key !== " ") return;
		event.preventDefault();
		begin();
	});
	const mac = /Mac|iP/.test(navigator.platform);
	document.addEventListener("keydown", (event) => {
		if (event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey || !(mac ? event.metaKey : event.ctrlKey)) return;
		event.preventDefault();
		begin();
	});
	field.addEventListener("input", later);
	box.addEventListener("keydown", (event) => {
		if (event.isComposing || event.target !== field) return;
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step) mark(at + step);
		else if (event.key === "Enter") choose(event.ctrlKey || event.metaKey);
		else return;
		event.preventDefault();
		event.stopPropagation();
	});
	list.addEventListener("click", (event) => {
		const n = options().indexOf(event.target.closest("[role=option]"));
		if (n < 0) return;
		mark(n);
		choose(event.ctrlKey || event.metaKey);
	});
	list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
	document.getElementById("palette-close").addEventListener("click", () => box.close());
	box.addEventListener("click", (event) => {
		if (event.target === box) box.close();
	});
	box.addEventListener("close", () => {
		if (box.open) return; // opened again before this was told
		asking?.abort();
		asking = null;
		clearTimeout(timer);
		if (before?.isConnected) before.focus({ preventScroll: true });
	});
}
