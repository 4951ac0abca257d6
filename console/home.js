import { signInAndShow } from './sign-in.js';

const refreshMilliseconds = 2000;
const number = new Intl.NumberFormat();
const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const counts = {
  totalProfiles: 'Profiles',
  totalEvents: 'Events',
  totalSegments: 'Segments',
  totalAudiences: 'Audiences',
  profilesCreatedToday: 'Profiles today',
  eventsTrackedToday: 'Events today',
};

const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

const card = (label, value) => {
  const box = document.createElement('div');
  box.append(element('dt', label), element('dd', number.format(value)));
  return box;
};

const row = ({ name, depth, lagMs, dlq }) => {
  const line = document.createElement('tr');
  const shown = value => (value === undefined ? '–' : number.format(value));
  const behind = lagMs === undefined ? '–' : `${(lagMs / 1000).toFixed(1)} s`;
  line.append(...[name, shown(depth), behind, shown(dlq)].map(text => element('td', text)));
  return line;
};

const showCounts = ({ data }) =>
  document
    .querySelector('#counts')
    .replaceChildren(...Object.entries(counts).map(([name, label]) => card(label, data[name])));

const showStages = ({ data: { stages, watermark } }) => {
  document.querySelector('#stages').replaceChildren(...stages.map(row));
  document.querySelector('#as-of').textContent =
    watermark === undefined
      ? 'No events yet.'
      : `Profiles reflect events received up to ${time.format(new Date(watermark))}.`;
};

const refresh = async get => {
  try {
    const [stats, pipeline] = await Promise.all([get('/stats'), get('/pipeline')]);
    showCounts(stats);
    showStages(pipeline);
  } catch (failure) {
    document.querySelector('#as-of').textContent = `Not up to date: ${failure.message}`;
  }
  setTimeout(() => void refresh(get), refreshMilliseconds);
};

/** What the platform holds and how far behind it is, always as of now. */
signInAndShow('/stats', (stats, _headers, get) => {
  document.querySelector('#home').hidden = false;
  showCounts(stats);
  void refresh(get);
});
