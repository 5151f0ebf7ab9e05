// In Chromium's page: a text set at several widths, and where its clusters are then.
'use strict';

const LINE_HEIGHT = 400;  // more than any size, so that a cluster's top says which line it is on

function element(text) {
  const p = document.createElement('p');
  p.id = 'text';
  p.lang = text.language;
  p.textContent = text.text;
  Object.assign(p.style, {
    position: 'absolute', left: 0, top: 0, margin: 0, lineHeight: LINE_HEIGHT + 'px',
    fontFamily: text.families, fontFeatureSettings: text.features,
    // Lengths as the font has them, not rounded to pixels; no spacing that others lack.
    textRendering: 'geometricPrecision', textSpacingTrim: 'space-all', textAutospace: 'no-autospace',
    whiteSpace: 'pre-wrap', unicodeBidi: 'plaintext', textAlign: 'left', overflowWrap: 'normal',
    lineBreak: 'auto', wordBreak: text.mode === 'eojeol' ? 'keep-all' : 'normal',
  });
  document.body.replaceChildren(p);
  return p;
}

// The line, left and right of the clusters that start at these places.
function places(p, starts) {
  const range = document.createRange();
  const node = p.firstChild;
  return starts.map((start, i) => {
    range.setStart(node, start);
    range.setEnd(node, i + 1 < starts.length ? starts[i + 1] : node.length);
    const box = range.getBoundingClientRect();
    return [Math.floor(box.top / LINE_HEIGHT), box.left, box.right];
  });
}

function measure(text, settings) {
  const p = element(text);
  return settings.map(([size, width]) => {
    p.style.fontSize = size + 'px';
    p.style.width = width + 'px';
    return places(p, text.starts);
  });
}
