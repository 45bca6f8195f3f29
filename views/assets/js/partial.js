// A part of a page changes without the page being left: elements say which by the
// library's attributes. Without this script they are the links and forms they are.
import htmx from "../vendor/htmx-4.0.1.js";

const said = document.createElement("p");
said.className = "sr";
said.setAttribute("role", "status");
document.body.append(said);

// leave goes where the part would have come from, as a link or form does.
const leave = (ctx) => location.assign(ctx.response?.raw.url || ctx.request.action);

// An address names what was chosen, and not the fields that were left empty.
document.addEventListener("htmx:config:request", (event) => {
	const { method, body } = event.detail.ctx.request;
	if (method !== "GET") return;
	for (const name of new Set(body.keys())) if (body.getAll(name).every((value) => value === "")) body.delete(name);
});

// An answer that lacks the part, as where somebody was signed out, is a page of its own.
document.addEventListener("htmx:before:swap", (event) => {
	const { ctx } = event.detail;
	const page = new DOMParser().parseFromString(ctx.text, "text/html");
	if (ctx.select && !page.querySelector(ctx.select)) {
		event.preventDefault();
		leave(ctx);
	}
});
document.addEventListener("htmx:after:swap", () => {
	said.textContent = [...document.querySelectorAll("[data-said]")].map((el) => el.textContent.trim()).join(" ");
	document.dispatchEvent(new Event("taken-over"));
});
document.addEventListener("htmx:error", (event) => {
	const { ctx } = event.detail;
	if (ctx?.request?.method === "GET" && navigator.onLine && !ctx.sourceElement?.matches("[data-polls]")) leave(ctx);
});
htmx.config.history = "reload";
