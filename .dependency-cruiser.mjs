/** Who may import whom: `docs/overview.md` tells why. */
const pureLibraries =
  '^node_modules/(zod|zod-openapi|libphonenumber-js|big\\.js|ajv|bowser|isbot|ipaddr\\.js|fastest-levenshtein|double-metaphone|ml-matrix)/';
const handlers = '^functions/(api|streams|queues|jobs)/|^functions/(authorizer|fallback|sign-up)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'The product decides without knowing where it runs.',
      severity: 'error',
      from: { path: '^core/' },
      to: { pathNot: ['^core/', pureLibraries, '^(@types/|node_modules/@types/)(big\\.js)'] },
    },
    { name: 'core-no-node-builtins', severity: 'error', from: { path: '^core/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'contract-knows-no-engine',
      severity: 'error',
      from: { path: '^core/contract/' },
      to: { path: '^core/(engines|flows|ports)/' },
    },
    {
      name: 'engines-stand-alone',
      comment: 'What two engines share is a model or a language.',
      severity: 'error',
      from: { path: '^core/engines/([^/]+)/' },
      to: { path: '^core/(engines|flows|ports|contract)/', pathNot: '^core/engines/$1/' },
    },
    {
      name: 'models-know-nothing-above',
      severity: 'error',
      from: { path: '^core/(model|language|errors)' },
      to: { path: '^core/', pathNot: '^core/(model|language|errors)' },
    },
    {
      name: 'ports-are-interfaces',
      severity: 'error',
      from: { path: '^core/ports/' },
      to: { path: '^core/(flows|contract)/' },
    },
    { name: 'handlers-stand-alone', severity: 'error', from: { path: handlers }, to: { path: handlers } },
    {
      name: 'handlers-use-services',
      severity: 'error',
      from: { path: handlers },
      to: { path: ['^functions/adapters/', '^lib/'] },
    },
    {
      name: 'only-services-open-adapters',
      severity: 'error',
      from: { path: '^functions/kit/', pathNot: '^functions/kit/open-services\\.ts$' },
      to: { path: '^functions/adapters/' },
    },
    {
      name: 'adapters-know-no-kit',
      severity: 'error',
      from: { path: '^functions/adapters/' },
      to: { path: '^functions/', pathNot: '^functions/adapters/' },
    },
    {
      name: 'aws-sdk-only-in-adapters',
      severity: 'error',
      from: { path: '^(core|functions|console)/', pathNot: '^functions/(adapters/|kit/open-services\\.ts$)' },
      to: { path: '@aws-sdk/' },
    },
    {
      name: 'cdk-only-in-lib-and-bin',
      severity: 'error',
      from: { pathNot: '^(lib|bin|test)/' },
      to: { path: '^node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
    {
      name: 'stacks-know-names-not-code',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/local/' },
      to: { path: '^functions/' },
    },
    {
      name: 'console-speaks-only-contract',
      severity: 'error',
      from: { path: '^console/' },
      comment: 'The language comes along: rules are built and told in words where they are edited.',
      to: { path: '^(functions|lib|bin|core)/', pathNot: '^core/(contract|model|language)/' },
    },
    {
      name: 'features-stand-alone',
      comment: 'What two tabs share is a part of the interface, of its library, or has a folder of its own.',
      severity: 'error',
      from: { path: '^console/src/features/([^/]+)/' },
      to: { path: '^console/src/(features|app)/', pathNot: '^console/src/features/$1/' },
    },
    {
      name: 'console-is-built-upwards',
      comment: 'Words know nothing; the library knows words; the interface knows both, and no tab.',
      severity: 'error',
      from: { path: '^console/src/(words|lib|ui|integrations)/' },
      to: { path: '^console/src/(app|features)/' },
    },
    {
      name: 'only-the-console-draws',
      severity: 'error',
      from: { pathNot: '^(console|test)/' },
      to: { path: '^node_modules/(react|react-dom|@mantine|@tanstack|@tabler)/' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'], pathNot: '^aws-lambda$' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
