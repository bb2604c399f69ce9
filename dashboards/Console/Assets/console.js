// Moves the topology picture and tells the server where the pointer is on a chart. Everything else is C#.
(() => {
  'use strict';
  const scaleMin = 0.2;
  const scaleMax = 3;
  const readableScale = 0.75;
  const dragThreshold = 4;
  const states = new WeakMap();

  const canvasOf = element => element.closest('.canvas');
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

  function draw(canvas, state) {
    const view = canvas.querySelector('.view');
    if (view) {
      view.setAttribute('transform', `translate(${state.x} ${state.y}) scale(${state.scale})`);
    }
  }

  function zoomAt(canvas, factor, x, y) {
    const state = states.get(canvas);
    const scale = clamp(state.scale * factor, scaleMin, scaleMax);
    state.x = x - ((x - state.x) * scale) / state.scale;
    state.y = y - ((y - state.y) * scale) / state.scale;
    state.scale = scale;
    draw(canvas, state);
  }

  function place(canvas, scale) {
    const state = states.get(canvas);
    const box = canvas.getBoundingClientRect();
    state.scale = scale;
    state.x = (box.width - state.width * scale) / 2;
    const spare = box.height - state.height * scale;
    state.y = spare > 0 ? Math.min(spare / 2, 24) : 12;
    draw(canvas, state);
  }

  function whole(canvas) {
    const state = states.get(canvas);
    const box = canvas.getBoundingClientRect();
    return Math.min(1, box.width / state.width, box.height / state.height);
  }

  // Everything where that can be read, else the whole width.
  function first(canvas) {
    const all = whole(canvas);
    const wide = canvas.getBoundingClientRect().width / states.get(canvas).width;
    return all >= readableScale ? all : Math.max(readableScale, Math.min(1, wide));
  }

  function reveal(canvas, mark) {
    const state = states.get(canvas);
    const node = [...canvas.querySelectorAll('.node')].find(one => one.dataset.mark === mark);
    const panel = canvas.querySelector('.detail');
    if (!node) {
      return;
    }
    const box = canvas.getBoundingClientRect();
    const at = node.getBoundingClientRect();
    const cover = panel ? panel.getBoundingClientRect() : null;
    const below = cover && cover.width > box.width * 0.8;
    const right = (cover && !below ? cover.left : box.right) - 16;
    const bottom = (below ? cover.top : box.bottom) - 16;
    if (at.right > right) {
      state.x -= at.right - right;
    }
    if (at.bottom > bottom) {
      state.y -= at.bottom - bottom;
    }
    if (at.top < box.top + 16) {
      state.y += box.top + 16 - at.top;
    }
    draw(canvas, state);
  }

  function listen(canvas, state) {
    const fingers = new Map();
    let moved = 0;
    canvas.addEventListener('wheel', event => {
      if (event.target.closest('.detail')) {
        return;
      }
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      zoomAt(canvas, Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    canvas.addEventListener('pointerdown', event => {
      if (!event.target.closest('.picture')) {
        return;
      }
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      moved = 0;
    });
    canvas.addEventListener('pointermove', event => {
      const before = fingers.get(event.pointerId);
      if (!before) {
        return;
      }
      const now = { x: event.clientX, y: event.clientY };
      const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      fingers.set(event.pointerId, now);
      if (others.length > 0) {
        const box = canvas.getBoundingClientRect();
        const was = Math.hypot(before.x - others[0].x, before.y - others[0].y);
        const is = Math.hypot(now.x - others[0].x, now.y - others[0].y);
        zoomAt(canvas, is / Math.max(was, 1), (now.x + others[0].x) / 2 - box.left, (now.y + others[0].y) / 2 - box.top);
      } else {
        state.x += now.x - before.x;
        state.y += now.y - before.y;
        draw(canvas, state);
      }
      moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
      canvas.classList.toggle('dragging', moved > dragThreshold);
    });
    const lift = event => {
      fingers.delete(event.pointerId);
      canvas.classList.remove('dragging');
    };
    window.addEventListener('pointerup', lift);
    window.addEventListener('pointercancel', lift);
    canvas.addEventListener('click', event => {
      if (moved > dragThreshold) {
        event.stopPropagation();
        event.preventDefault();
        moved = 0;
      }
    }, true);
    canvas.addEventListener('pointerover', event => light(canvas, event.target.closest('.node')));
    canvas.addEventListener('focusin', event => light(canvas, event.target.closest('.node')));
  }

  function light(canvas, node) {
    canvas.querySelectorAll('.lit').forEach(one => one.classList.remove('lit'));
    if (!node) {
      return;
    }
    const mark = node.dataset.mark;
    canvas.querySelectorAll('.edge').forEach(edge => {
      if (edge.dataset.from === mark || edge.dataset.to === mark) {
        edge.classList.add('lit');
      }
    });
  }

  window.opsTopology = {
    attach(canvas, page) {
      const state = { x: 0, y: 0, scale: 1, width: 1, height: 1, told: [0, 0] };
      states.set(canvas, state);
      listen(canvas, state);
      new ResizeObserver(() => {
        const box = canvas.getBoundingClientRect();
        if (box.width > 0 && (Math.abs(box.width - state.told[0]) > 24 || Math.abs(box.height - state.told[1]) > 80)) {
          state.told = [box.width, box.height];
          page.invokeMethodAsync('OnSize', box.width, box.height).catch(() => {});
        }
      }).observe(canvas);
    },
    fit(canvas, width, height) {
      const state = states.get(canvas);
      if (state) {
        state.width = width;
        state.height = height;
        place(canvas, first(canvas));
      }
    },
    reveal,
    zoom(element, factor) {
      const canvas = canvasOf(element);
      const box = canvas.getBoundingClientRect();
      zoomAt(canvas, factor, box.width / 2, box.height / 2);
    },
    fitAll(element) {
      const canvas = canvasOf(element);
      place(canvas, Math.max(scaleMin, whole(canvas)));
    },
  };

  window.opsChart = {
    attach(plot, chart) {
      let wanted = null;
      let busy = false;
      const tell = async () => {
        if (busy) {
          return;
        }
        busy = true;
        while (wanted !== null) {
          const at = wanted;
          wanted = null;
          try {
            await chart.invokeMethodAsync('Hover', at);
          } catch {
            break;
          }
        }
        busy = false;
      };
      const point = event => {
        const box = plot.getBoundingClientRect();
        wanted = clamp((event.clientX - box.left) / box.width, 0, 1);
        tell();
      };
      plot.addEventListener('pointermove', point);
      plot.addEventListener('pointerdown', point);
      plot.addEventListener('pointerleave', () => {
        wanted = -1;
        tell();
      });
    },
  };
})();
