'use strict';
// Fills the tables and draws the charts of a page from the JSON that stands in it. Asks nothing of any server.

const ROWS_SHOWN = 100;
const ROWS_PRINTED = 5000;

// Okabe and Ito's colours, which colour-blind people can tell apart.
const COLOURS = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#F0E442', '#000000'];
const STATES = {
  'loaded': ['#5BC2A4', '✓'],
  'rejected rows': ['#F0E442', '!'],
  'waiting': ['#8CCBEF', '…'],
  'refused': ['#EB8A4E', '✕'],
  'retracted': ['#CC79A7', '↶'],
  'no group': ['#D9D9D9', '–'],
  'met': ['#5BC2A4', '✓'],
  'warning': ['#F0E442', '!'],
  'failure': ['#EB8A4E', '✕'],
  'unjudged': ['#D9D9D9', '?'],
};

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Text, not numbers, so that every digit stays: 1234567.0050 becomes 1,234,567.0050.
function withSeparators(text) {
  const [whole, ...fraction] = String(text).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}

// An amount in a chart: at most two digits after the point.
function amount(number) {
  return number === undefined || number === null ? '' : withSeparators(Math.round(number * 100) / 100);
}

function words(name) {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// --- tables ----------------------------------------------------------------------------------------------------------

function showTable(holder) {
  const {columns, rows, totals} = JSON.parse(holder.querySelector('script').textContent);
  const collator = new Intl.Collator();
  let shown = rows;
  let first = 0;
  let sorted = {column: -1, direction: 1};

  const body = element('tbody', {});
  const heads = columns.map((column, index) => {
    const button = element('button', {type: 'button'}, column.name);
    button.addEventListener('click', () => sortBy(index));
    return element('th', {scope: 'col', class: column.numeric ? 'number' : ''}, button);
  });
  const sums = totals.map((total, index) =>
    index === 0 && total === '' ? element('td', {}, 'Total') : element('td', {class: 'number'}, withSeparators(total)));
  const foot = totals.some(total => total !== '') ? [element('tfoot', {}, element('tr', {}, ...sums))] : [];
  const table = element('table', {'aria-label': holder.dataset.name},
    element('thead', {}, element('tr', {}, ...heads)), body, ...foot);

  const filter = element('input', {type: 'search', placeholder: 'Filter rows', 'aria-label': 'Filter rows'});
  const back = element('button', {type: 'button'}, 'Back');
  const next = element('button', {type: 'button'}, 'Next');
  const place = element('span', {role: 'status'});
  const controls = element('div', {class: 'controls'}, filter, back, place, next);
  filter.addEventListener('input', () => {
    const wanted = filter.value.toLowerCase();
    shown = rows.filter(row => row.some(cell => cell.toLowerCase().includes(wanted)));
    sort();
  });
  back.addEventListener('click', () => show(first - ROWS_SHOWN));
  next.addEventListener('click', () => show(first + ROWS_SHOWN));

  function sortBy(column) {
    sorted = {column, direction: sorted.column === column ? -sorted.direction : 1};
    heads.forEach((head, index) => {
      if (index === column) head.setAttribute('aria-sort', sorted.direction > 0 ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    });
    sort();
  }

  function sort() {
    const {column, direction} = sorted;
    if (column >= 0) {
      const compare = columns[column].numeric ? (a, b) => a - b : collator.compare;
      shown = [...shown].sort((a, b) => direction * compare(a[column], b[column]));
    }
    show(0);
  }

  function show(from, count = ROWS_SHOWN) {
    first = from;
    const last = Math.min(first + count, shown.length);
    body.replaceChildren(...shown.slice(first, last).map(row => element('tr', {}, ...row.map((cell, index) =>
      columns[index].numeric
        ? element('td', {class: 'number'}, columns[index].grouped ? withSeparators(cell) : cell)
        : element('td', {dir: 'auto', class: cell.length < 30 ? 'short' : 'long'}, cell)))));
    place.textContent = shown.length === 0 ? 'No rows'
      : `${withSeparators(first + 1)} to ${withSeparators(last)} of ${withSeparators(shown.length)}`;
    back.disabled = first === 0;
    next.disabled = last === shown.length;
  }

  if (rows.length > 10) holder.append(controls);
  holder.append(element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': holder.dataset.name}, table));
  addEventListener('beforeprint', () => show(0, ROWS_PRINTED));
  addEventListener('afterprint', () => show(0));
  show(0);
}

// --- charts ----------------------------------------------------------------------------------------------------------

const AXIS = {axisLabel: {color: '#333', width: 190, overflow: 'truncate'}, axisTick: {show: false}};
const AMOUNTS = {type: 'value', axisLabel: {color: '#333', formatter: amount, hideOverlap: true}};

function names(labels, more) {
  return {type: 'category', data: labels, ...AXIS, ...more};
}

function amounts(drawing, type, more) {
  return drawing.series.map(series => ({name: words(series.name), type, data: series.values, ...more}));
}

function cells(drawing, label) {
  return [{
    type: 'heatmap',
    itemStyle: {borderColor: '#fff', borderWidth: 2},
    label: {show: true, color: '#000', ...label},
    data: drawing.series.flatMap((series, y) =>
      series.values.flatMap((value, x) => value === null ? [] : [[x, y, value]])),
  }];
}

const OPTIONS = {
  BARS: drawing => ({
    xAxis: {...AMOUNTS, splitNumber: 3},
    yAxis: names(drawing.labels, {inverse: true}),
    series: amounts(drawing, 'bar', {
      barMaxWidth: 22,
      label: {show: true, position: 'right', color: '#333', formatter: point => amount(point.value)},
    }),
  }),
  LINE: drawing => ({
    tooltip: {trigger: 'axis', valueFormatter: amount},
    xAxis: names(drawing.labels, {boundaryGap: false}),
    yAxis: AMOUNTS,
    series: amounts(drawing, 'line', {showSymbol: drawing.labels.length < 40, symbolSize: 7, lineStyle: {width: 2}}),
  }),
  STACK: drawing => ({
    tooltip: {trigger: 'axis', valueFormatter: amount},
    xAxis: names(drawing.labels),
    yAxis: AMOUNTS,
    series: amounts(drawing, 'bar', {stack: 'all', barMaxWidth: 40}),
  }),
  HEAT: drawing => ({
    tooltip: {formatter: at => `${words(drawing.labels[at.value[0]])}: ${amount(at.value[2])}`},
    xAxis: names(drawing.labels, {position: 'top'}),
    yAxis: names(drawing.series.map(series => series.name), {inverse: true}),
    visualMap: {
      show: false,
      min: 0,
      max: Math.max(1, ...drawing.series.flatMap(series => series.values)),
      inRange: {color: ['#F2F7FB', '#56B4E9']},
    },
    series: cells(drawing, {formatter: at => amount(at.value[2])}),
  }),
  LINEAGE: drawing => ({
    tooltip: {formatter: at => at.dataType === 'edge' ? `${drawing.labels[at.data.source]} → ${drawing.labels[at.data.target]}` : at.data.label.formatter},
    series: [{
      type: 'sankey',
      left: 230,
      right: 290,
      top: 4,
      bottom: 4,
      nodeGap: 6,
      draggable: false,
      emphasis: {focus: 'trajectory'},
      lineStyle: {color: 'source', opacity: 0.35},
      data: drawing.labels.map((label, index) => ({
        name: String(index),
        depth: drawing.depths[index],
        itemStyle: {color: COLOURS[drawing.depths[index]]},
        label: {formatter: label, color: '#000', position: drawing.depths[index] === 0 ? 'left' : 'right'},
      })),
      links: drawing.links.map(([source, target]) => ({source, target, value: 1})),
    }],
  }),
  STATES: drawing => ({
    tooltip: {formatter: at => drawing.states[at.value[2]]},
    xAxis: names(drawing.labels, {position: 'top'}),
    yAxis: names(drawing.series.map(series => series.name), {inverse: true}),
    visualMap: {
      type: 'piecewise',
      orient: 'horizontal',
      bottom: 0,
      left: 'center',
      pieces: drawing.states.map((state, value) => ({value, label: `${STATES[state][1]} ${state}`, color: STATES[state][0]})),
    },
    series: cells(drawing, {formatter: at => STATES[drawing.states[at.value[2]]][1], fontSize: 14}),
  }),
};

function height(drawing) {
  if (drawing.kind === 'LINEAGE') {
    return 22 * Math.max(...[0, 1, 2].map(depth => drawing.depths.filter(at => at === depth).length));
  }
  const rows = drawing.kind === 'BARS' ? drawing.labels.length * Math.max(1, drawing.series.length * 0.7) : drawing.series.length;
  return drawing.kind === 'LINE' || drawing.kind === 'STACK' ? 320 : 70 + 28 * rows;
}

function drawChart(holder) {
  const drawing = JSON.parse(holder.parentElement.querySelector('script').textContent);
  if (drawing.labels.length === 0) {
    holder.textContent = 'Nothing in this period.';
    return;
  }
  holder.style.height = `${height(drawing)}px`;
  const legend = drawing.kind !== 'LINEAGE' && drawing.series.length > 1 && drawing.kind !== 'HEAT' && drawing.kind !== 'STATES';
  const chart = echarts.init(holder, null, {renderer: 'svg'});
  chart.setOption({
    animation: false,
    aria: {enabled: true},
    color: COLOURS,
    textStyle: {fontFamily: 'sans-serif'},
    grid: {left: 12, right: 70, top: legend || drawing.kind === 'HEAT' ? 36 : 12, bottom: drawing.kind === 'STATES' ? 40 : 8, containLabel: true},
    legend: {show: legend, top: 0},
    tooltip: {valueFormatter: amount},
    ...OPTIONS[drawing.kind](drawing),
  });
  const resize = () => chart.resize();
  new ResizeObserver(resize).observe(holder);
  addEventListener('beforeprint', resize);
}

// --- the page --------------------------------------------------------------------------------------------------------

// The form for another period shows this one, but no end that is open.
document.querySelectorAll('form input').forEach((input, index) => {
  const date = location.pathname.split('/')[1].split('_')[index];
  if (date > '0001-01-01' && date < '9999-12-31') input.value = date;
});
document.querySelectorAll('.chart').forEach(drawChart);
document.querySelectorAll('.table').forEach(showTable);
