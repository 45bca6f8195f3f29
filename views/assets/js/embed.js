// Turns quotations of claims on other sites into their cards. The quotation stays
// until its card has told its height, so that a page that may not frame it, or a
// desk that does not answer, leaves the quotation with its link.
(() => {
	const script = document.currentScript;
	if (!script) return;
	const root = script.src.replace(/\/embed\.js([?#].*)?$/, "");
	const most = 4000;
	const frames = new Map();

	addEventListener("message", (event) => {
		const card = frames.get(event.source);
		const told = event.data;
		if (!card || !told || told.cotejo !== "height" || !Number.isFinite(told.height) || told.height < 1) return;
		card.frame.style.height = Math.min(told.height, most) + "px";
		card.frame.style.position = card.frame.style.visibility = "";
		card.quotation.style.display = "none";
	});

	const claimOf = (quotation) => {
		for (const link of quotation.querySelectorAll("a[href]")) {
			const path = link.href.startsWith(root + "/c/") && link.href.slice(root.length + 3).match(/^([0-9A-Za-z-]+)$/);
			if (path) return path[1];
		}
	};

	const show = (quotation) => {
		const id = claimOf(quotation);
		if (!id || quotation.dataset.cotejo) return;
		quotation.dataset.cotejo = "shown";
		const frame = document.createElement("iframe");
		frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
		frame.title = quotation.textContent.trim().slice(0, 200);
		frame.src = root + "/c/" + id + "/embed";
		Object.assign(frame.style, { border: "0", width: "100%", maxWidth: "40rem", height: "0", position: "absolute", visibility: "hidden" });
		quotation.after(frame);
		frames.set(frame.contentWindow, { frame, quotation });
	};

	const all = () => document.querySelectorAll("blockquote.cotejo-claim").forEach(show);
	if (document.readyState === "loading") addEventListener("DOMContentLoaded", all);
	else all();
})();
