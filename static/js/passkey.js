// Around the passkey script: shows what needs it where the browser can, and says when it failed.

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey]").forEach((part) => (part.hidden = false));
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelectorAll("[data-passkey-problem]").forEach((problem) => (problem.hidden = false));
});
