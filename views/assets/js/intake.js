// Pasting formatted text keeps its headings, lists and quotes: the clipboard's HTML goes
// along in a hidden field for as long as the text is as it was pasted. Without this
// script the plain text is pasted, as everywhere.
const text = document.getElementById("f-text");
const rich = document.getElementById("rich");
const said = document.getElementById("rich-said");
const most = 2_000_000;

if (text && rich && said) {
	text.addEventListener("paste", (event) => {
		const html = event.clipboardData?.getData("text/html") ?? "";
		const whole = text.value.trim() === "" || (text.selectionStart === 0 && text.selectionEnd === text.value.length);
		const keep = whole && html !== "" && html.length <= most && /<(h[1-6]|li|blockquote|p|table)\b/i.test(html);
		setTimeout(() => {
			rich.value = keep ? html : "";
			said.textContent = keep ? said.dataset.said : "";
		});
	});
	text.addEventListener("input", (event) => {
		if (event.inputType === "insertFromPaste") return;
		rich.value = "";
		said.textContent = "";
	});
}
