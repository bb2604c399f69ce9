// Chooses light or dark before the first paint: the remembered choice, else the system's. Leaves the time zone in a cookie.
(() => {
  'use strict';
  const key = 'ops-theme';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const systemTheme = () => (system.matches ? 'dark' : 'light');
  const remembered = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const remember = theme => {
    try {
      if (theme === systemTheme()) {
        localStorage.removeItem(key);
      } else {
        localStorage.setItem(key, theme);
      }
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
  };
  const apply = theme => root.setAttribute('data-theme', theme === 'dark' ? 'dark' : 'light');
  apply(remembered() ?? systemTheme());
  system.addEventListener('change', () => apply(remembered() ?? systemTheme()));
  window.opsTheme = {
    toggle() {
      const next = root.getAttribute('data-theme') === 'dark' ? 'light' : 'dark';
      remember(next);
      apply(next);
    },
  };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.cookie = `ops-zone=${zone}; path=/; max-age=31536000; samesite=lax`;
  window.opsZone = () => zone;
  window.opsLive = () => root.setAttribute('data-live', '');
})();
