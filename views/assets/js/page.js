// Every page of the desk: what is wrong with a form is the first thing that
// the keyboard and a screen reader meet.
document.getElementById("problems")?.focus();
