// Runs before the first paint, so the page never flashes in the wrong theme; a classic script, which script-src 'self' allows.
(function () {
  var asked = new URLSearchParams(location.search).get('theme'), kept = null;
  try { kept = localStorage.getItem('footing.theme'); } catch (e) { /* storage may be off */ }
  var theme = asked || kept;
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
})();
