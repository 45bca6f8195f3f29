// The border between an article's text and its claims: dragged, or moved by the arrow
// keys, and kept in this browser. It also makes the text as high as the window has room.
const beside = document.getElementById("beside");
const divider = document.getElementById("divider");
const text = document.querySelector(".text-side");
const wide = matchMedia("(min-width: 62rem)");
const key = "cotejo.beside";
const usual = 55, least = 30, most = 70;
const page = document.documentElement;
const rightToLeft = () => getComputedStyle(beside).direction === "rtl";

function kept() {
	try {
		return Number(localStorage.getItem(key)) || usual;
	} catch {
		return usual; // a browser that keeps nothing
	}
}

function put(share, keep) {
	const now = Math.round(Math.min(most, Math.max(least, share)));
	beside.style.setProperty("--text", now + "%");
	divider.setAttribute("aria-valuenow", String(now));
	divider.setAttribute("aria-valuetext", now + " %");
	if (!keep) return;
	try {
		if (now === usual) localStorage.removeItem(key);
		else localStorage.setItem(key, String(now));
	} catch { /* kept until the page is left */ }
}

const at = () => Number(divider.getAttribute("aria-valuenow"));

// The text ends where the window ends, also before the page has been scrolled.
let asked = 0;
function fit() {
	asked = 0;
	if (!wide.matches) return;
	const edge = 12;
	const top = Math.max(edge, beside.getBoundingClientRect().top);
	const high = Math.max(0, innerHeight - top - edge) + "px";
	if (high === text.style.getPropertyValue("--text-high")) return;
	for (const side of [text, divider]) side.style.setProperty("--text-high", high);
}
const fitSoon = () => { asked ||= requestAnimationFrame(fit); };

if (beside && divider && text) {
	beside.classList.add("sized");
	divider.hidden = false;
	put(kept(), false);
	fit();
	addEventListener("scroll", fitSoon, { passive: true });
	addEventListener("resize", fitSoon);
	new ResizeObserver(fitSoon).observe(document.getElementById("main"));

	divider.addEventListener("keydown", (event) => {
		if (event.altKey || event.ctrlKey || event.metaKey) return;
		const by = rightToLeft() ? -2 : 2;
		const to = { ArrowLeft: at() - by, ArrowRight: at() + by, Home: least, End: most, Enter: usual }[event.key];
		if (to === undefined) return;
		event.preventDefault();
		put(to, true);
	});
	divider.addEventListener("dblclick", () => put(usual, true));
	divider.addEventListener("pointerdown", (event) => {
		if (event.button !== 0) return;
		event.preventDefault();
		divider.focus();
		divider.setPointerCapture(event.pointerId);
		page.classList.add("dragged");
	});
	divider.addEventListener("pointermove", (event) => {
		if (!divider.hasPointerCapture(event.pointerId)) return;
		const box = beside.getBoundingClientRect();
		const along = rightToLeft() ? box.right - event.clientX : event.clientX - box.left;
		put(100 * along / box.width, false);
	});
	divider.addEventListener("lostpointercapture", () => {
		page.classList.remove("dragged");
		put(at(), true);
	});
}
