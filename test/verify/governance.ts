import { controls, governanceControls, noticedBy } from '../simulation/controls.ts';
import { fieldReport } from '../simulation/field-leaks.ts';
import type { Verify } from './run.ts';

/**
 * Every route that answers about people, by every role, as fields are declared and under rules that were set: nothing
 * leaves that the role's policy hides. Handlers that leave out the projector, or the rules, must be caught.
 */
export const verify: Verify = async () => {
  const { routes, asked, answered, leaks, unseen } = await fieldReport();
  for (const fault of [...leaks, ...unseen.map(word => `${word} was never shown to anybody`)].slice(0, 20))
    console.log(fault);
  let caught = 0;
  for (const name of governanceControls) {
    const [noticed] = await noticedBy(name, 'governance', [0]);
    if (noticed) caught += 1;
    console.log(`control ${name}, ${controls[name]}: ${noticed ? `caught, ${noticed.findings[0]}` : 'NOT CAUGHT'}`);
  }
  return {
    line: `governance: ${routes} routes answer about people, ${asked} asked (${answered} answered), ${leaks.length} fields outside their policy, controls failed as they must: ${caught} of ${governanceControls.length}`,
    holds: leaks.length === 0 && unseen.length === 0 && caught === governanceControls.length,
  };
};
