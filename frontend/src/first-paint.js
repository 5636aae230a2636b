// Runs before the first paint: a chosen theme must not flash the other one.
(function () {
  try {
    var theme = localStorage.getItem('unisono.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch (error) {
    // Storage is refused in this browser: the system's theme is right.
  }
})();
