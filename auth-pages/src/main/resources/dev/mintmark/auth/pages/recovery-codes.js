// Without this script, people select and print as ever: the buttons are hidden until something answers them.
const print = document.getElementById("print");
print.hidden = false;
print.addEventListener("click", () => window.print());

// Only where the page came by https, or from this machine.
if (navigator.clipboard) {
  const copy = document.getElementById("copy");
  const copied = document.getElementById("copied");
  const codes = Array.from(document.querySelectorAll("#codes code"), (code) => code.textContent);
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(codes.join("\n") + "\n");
    copied.textContent = copied.dataset.said;
  });
}
