/** What an audit log says. */
export const auditWords = {
  when: 'When',
  who: 'Who',
  what: 'What',
  whom: 'About whom',
  classes: 'Kinds of data',
  outcome: 'Outcome',
};
