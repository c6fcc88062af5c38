(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];

  const theme = $('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const label = () => {
    theme.textContent = isDark() ? 'Light' : 'Dark';
    theme.setAttribute('aria-label', isDark() ? 'Switch to light colours' : 'Switch to dark colours');
  };
  theme.hidden = false;
  theme.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    label();
  });
  system.addEventListener('change', label);
  label();

  for (const button of all('.copy')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const code = button.previousElementSibling;
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = 'Copied';
        setTimeout(() => {
          button.textContent = 'Copy';
        }, 1500);
      } catch {
        getSelection().selectAllChildren(code);
      }
    });
  }

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details.matches:not([open])');
    for (const fold of folded) {
      fold.open = true;
    }
  });
  addEventListener('afterprint', () => {
    for (const fold of folded) {
      fold.open = false;
    }
  });

  const filters = $('filters');
  if (filters === null) {
    return;
  }
  filters.hidden = false;
  const search = $('search');
  const chips = all('.chip');
  const rows = all('.row').map((element) => ({
    element,
    status: element.dataset.status,
    text: element.querySelector('summary').textContent.toLowerCase(),
  }));
  const groups = all('.group');

  const apply = () => {
    const wanted = new Set(
      chips.filter((chip) => chip.getAttribute('aria-pressed') === 'true').map((chip) => chip.dataset.filter),
    );
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, status, text } of rows) {
      const fits = (wanted.size === 0 || wanted.has(status)) && words.every((word) => text.includes(word));
      element.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const group of groups) {
      const fold = group.querySelector('.matches');
      if (fold !== null) {
        fold.hidden = fold.querySelector('.row:not([hidden])') === null;
        fold.open = wanted.has('match') || words.length > 0;
      }
      group.hidden = group.querySelector('.row:not([hidden])') === null;
    }
    $('none').hidden = shown > 0;
    $('shown').textContent = `${shown.toLocaleString('en-US')} of ${rows.length.toLocaleString('en-US')} shown`;
  };
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
      apply();
    });
  }
  search.addEventListener('input', apply);
  $('reset').addEventListener('click', () => {
    search.value = '';
    for (const chip of chips) {
      chip.setAttribute('aria-pressed', 'false');
    }
    apply();
    search.focus();
  });
  addEventListener('keydown', (event) => {
    if (event.key === '/' && document.activeElement !== search && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
    }
  });
})();
