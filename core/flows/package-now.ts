import type { ProfilePackage } from '../contract/gdpr.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { type PersonSection, personSectionNames, personSections, type SectionTools } from './person-sections.ts';

/** With more events a package is written in files. */
export const packageEventsMax = 1000;

interface PackageTools extends SectionTools {
  digest: (text: string) => string;
}

/** Everything that is kept of somebody as one document, with what each section holds. */
export const packageNow = async (state: ProfileState, tools: PackageTools): Promise<ProfilePackage> => {
  const found = Object.fromEntries(personSectionNames.map(name => [name, []])) as unknown as Record<
    PersonSection,
    object[]
  >;
  for await (const { section, rows } of personSections(state, tools)) found[section].push(...rows);
  const sections = personSectionNames.map(name => ({
    name,
    rows: found[name].length,
    sha256: tools.digest(JSON.stringify(found[name])),
  }));
  const { profile, consent, ...lists } = found;
  return {
    manifest: { profileId: state.id, generatedAt: tools.now().toISOString(), complete: true, sections },
    profile: profile[0],
    consent: consent[0],
    ...lists,
  } as unknown as ProfilePackage;
};
