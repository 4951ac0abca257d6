import type { PackageFile } from '../model/privacy-request.ts';
import { findPeople } from './find-people.ts';
import { type PersonSection, personSections } from './person-sections.ts';
import type { RequestTools, RunStage } from './request-stage.ts';
import { openSubject } from './sealed-subject.ts';
import type { PrivacyJob } from './stored-job.ts';

type KeptFile = PackageFile & { key: string };

const partDigits = 5;
const format = 'jsonl' as const;

/** Writes the pages of sections one after the other; each has a name of its own for each try. */
const fileWriter = (job: PrivacyJob, { exportFiles, newId }: RequestTools) => {
  const files: KeptFile[] = [];
  const parts = new Map<string, number>();
  const attempt = newId('part');
  return {
    files,
    write: async (profileId: string, section: PersonSection | 'manifest', rows: readonly object[]): Promise<void> => {
      const part = (parts.get(`${profileId} ${section}`) ?? 0) + 1;
      parts.set(`${profileId} ${section}`, part);
      const name = `${profileId}/${section}-${String(part).padStart(partDigits, '0')}.jsonl.gz`;
      const key = `exports/${job.id}/${attempt}/${name}`;
      const written = await exportFiles.putPart(key, format, rows as Record<string, unknown>[]);
      files.push({ key, name, rows: rows.length, ...written });
    },
  };
};

/**
 * Writes everything that is kept of whoever asks into files of some thousand rows each, and what each of them holds into
 * a manifest. A second try writes others; what the first has left behind is named by nobody.
 */
export const pack: RunStage = async (job, _round, tools) => {
  const found = await findPeople(await openSubject(job, tools), tools.profiles);
  const { files, write } = fileWriter(job, tools);
  for (const state of found)
    for await (const { section, rows } of personSections(state, tools)) await write(state.id, section, rows);
  const profileIds = found.map(({ id }) => id);
  const listed = files.map(({ key: _key, ...file }) => file);
  await write('package', 'manifest', [
    { requestId: job.id, profileIds, generatedAt: tools.now().toISOString(), complete: true, files: listed },
  ]);
  const stores: PrivacyJob['stores'] = {};
  for (const { name, rows } of listed) {
    const section = name.split('/')[1]?.replace(/-\d+\..*$/, '') ?? name;
    stores[section] = { held: (stores[section]?.held ?? 0) + rows, removed: 0 };
  }
  return { next: 'certify', told: { files, profileIds, stores } };
};
