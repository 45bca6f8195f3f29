// Writing a check: what is typed shows at once as readers will see it, and claims are
// found and cited without leaving the text. Nothing is saved by either.
const form = document.getElementById("check-form");
const look = document.getElementById("look");
const body = form?.elements.namedItem("body");
const pause = 400; // ms without a key before the server is asked

let timer = 0;
let asked = 0; // number of the last question, so that a late answer is not shown

const parts = (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes;

async function show() {
	const mine = ++asked;
	const sent = new URLSearchParams();
	for (const name of ["title", "summary", "body", "language", "authors"]) sent.set(name, form.elements.namedItem(name).value);
	look.setAttribute("aria-busy", "true");
	let fresh;
	try {
		const answer = await fetch(form.dataset.preview, { method: "POST", body: sent, headers: { Accept: "text/html" } });
		if (!answer.ok) throw new Error(String(answer.status));
		fresh = [...parts(await answer.text())];
	} catch {
		fresh = [Object.assign(document.createElement("p"), { className: "notice warn", textContent: look.dataset.failed })];
	}
	if (mine !== asked) return;
	look.removeAttribute("aria-busy");
	document.getElementById("look-body").replaceChildren(...fresh);
}

function soon() {
	clearTimeout(timer);
	timer = setTimeout(show, pause);
}

// insert puts a reference where somebody marked the text, else where they write.
function insert(reference) {
	const mark = body.value.indexOf("[[?]]");
	const [from, to] = mark < 0 ? [body.selectionStart, body.selectionEnd] : [mark, mark + 5];
	body.focus();
	body.setRangeText(reference, from, to, "end");
	body.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

async function find(finder, query) {
	const found = document.getElementById("found");
	try {
		const answer = await fetch(finder.dataset.search + "?" + new URLSearchParams({ find: query }), { headers: { Accept: "text/html" } });
		if (answer.ok) found.replaceChildren(...parts(await answer.text()));
	} catch {
		// What was found before stays.
	}
}

if (form && look && body && !form.querySelector("fieldset[disabled]")) {
	form.addEventListener("input", (event) => {
		if (event.target.name !== "find") soon();
	});
	const finder = document.getElementById("finder");
	const query = document.getElementById("f-find");
	query.addEventListener("keydown", (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		find(finder, query.value);
	});
	form.addEventListener("click", (event) => {
		const button = event.target instanceof Element && event.target.closest("button");
		if (!button) return;
		if (button.name === "insert") {
			event.preventDefault();
			insert("[[" + button.value + "]]");
		} else if (button.name === "then" && button.value === "find") {
			event.preventDefault();
			find(finder, query.value);
		}
	});
	if (body.value.trim()) show();
}
