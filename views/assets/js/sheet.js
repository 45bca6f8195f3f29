// The button that opens the browser's dialogue for printing.
const button = document.getElementById("print");
if (button) {
	button.hidden = false;
	button.addEventListener("click", () => print());
}
