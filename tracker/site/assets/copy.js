// A button beside each form of a citation that copies it. Without scripts the text can be
// marked and copied by hand. Nothing is fetched and nothing is read from the clipboard.
(() => {
  "use strict";
  for (const box of document.querySelectorAll("details.rt-cite")) {
    for (const shown of box.querySelectorAll("summary + p, pre")) {
      const button = document.createElement("button");
      const said = document.createElement("span");
      said.setAttribute("role", "status");
      button.type = "button";
      button.textContent = box.dataset.copy;
      button.addEventListener("click", async () => {
        const text = (shown.querySelector("code") ?? shown).textContent.trim();
        try {
          await navigator.clipboard.writeText(text);
          said.textContent = ` ${box.dataset.copied}`;
        } catch {
          // Not allowed here (a page on a disk, an old browser): mark it, so that one key copies it.
          getSelection().selectAllChildren(shown);
        }
      });
      shown.after(button, said);
    }
  }
})();
