import type { RunningFake } from './running-fake.ts';

const shownRequests = 20;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Lists of a stand-in's own begin with an underline. */
export const ownLists = ({ store }: RunningFake): { list: string; rows: number }[] =>
  store.lists().flatMap(list => (list.startsWith('_') ? [] : [{ list, rows: store.list(list).size }]));

const section = (running: RunningFake): string => {
  const { name } = running.fake;
  const lists = ownLists(running).map(
    ({ list, rows }) =>
      `<li><a href="/_stand-ins/${name}/lists/${encodeURIComponent(list)}">${escaped(list)}</a>: ${rows} people</li>`,
  );
  const requests = running.store
    .requests()
    .slice(-shownRequests)
    .reverse()
    .map(
      ({ at, method, path, status, rows, error }) =>
        `<tr><td>${at}</td><td>${method}</td><td>${escaped(path)}</td><td>${status}</td><td>${rows ?? ''}</td>` +
        `<td>${escaped(error ?? '')}</td></tr>`,
    );
  return `<h2>${name}</h2><ul>${lists.join('') || '<li>nobody yet</li>'}</ul><table>${requests.join('')}</table>`;
};

const style =
  'body{font:15px system-ui;margin:2rem;max-width:70rem}table{border-collapse:collapse;font-size:13px}' +
  'td{border-bottom:1px solid #ddd;padding:.2rem .6rem}';

/** What each stand-in holds and was asked last, to be looked at. */
export const fakesPage = (running: readonly RunningFake[]): string =>
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stand-ins of platforms</title>' +
  `<style>${style}</style></head><body><h1>Stand-ins of platforms</h1>` +
  '<p>They answer in the place of the platforms on this machine. Nothing that they hold leaves it.</p>' +
  `${running.map(section).join('')}</body></html>`;
