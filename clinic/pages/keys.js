// A digit chooses what the button of that number does. Without this script the buttons are pressed as ever.
addEventListener("keydown", (event) => {
  const writing = event.target.closest && event.target.closest("input, textarea, select");
  if (writing || event.ctrlKey || event.altKey || event.metaKey) return;
  const button = /^[1-9]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (!button) return;
  event.preventDefault();
  button.focus();
  button.click();
});
