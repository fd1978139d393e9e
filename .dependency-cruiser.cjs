// Which part may import which, checked by `npm run check:imports`:
//
//   domain ← imagery, storage ← pipeline ← executor ← triggers, inbound, deliveries ← routes ← app ← server, demo; cli on the pipeline alone
//
// A part sees the parts before it, never its siblings. Tests may import everything.

/** Part → the other parts that it may import. */
const parts = {
  domain: [],
  imagery: ['domain'],
  storage: ['domain'],
  pipeline: ['domain', 'imagery', 'storage'],
  executor: ['domain', 'imagery', 'storage', 'pipeline'],
  triggers: ['domain', 'imagery', 'storage', 'pipeline', 'executor'],
  inbound: ['domain', 'executor'],
  deliveries: ['domain', 'storage', 'executor'],
  routes: ['domain', 'imagery', 'storage', 'pipeline', 'executor', 'inbound', 'deliveries'],
  plugins: ['domain'],
  access: ['domain'],
  tracing: ['domain'],
  metrics: ['domain', 'imagery', 'storage', 'pipeline', 'executor', 'triggers'],
  config: ['domain'],
  embedded: ['domain'],
  dashboard: ['domain'],
};

const folderOf = (part) => (part === 'routes' ? '^routes/' : `^src/${part}/`);
const ourCode = '^(src|routes|openapi|test)/';
// The composition root puts the parts together: it may import all of them.
const compositionRoot = '^src/(app|server)\\.ts$|^src/(composition|demo|cli)/';
const packages = (names) => `(^|/)node_modules/(${names})/`;

const layers = Object.entries(parts).map(([part, below]) => ({
  name: `${part}-imports-${below.length === 0 ? 'no-other-part' : `only-${below.join('-')}`}`,
  comment: `${part} may import ${below.length === 0 ? 'no other part' : `nothing of ours but ${below.join(', ')}`}.`,
  severity: 'error',
  from: { path: folderOf(part) },
  to: { path: ourCode, pathNot: [part, ...below].map(folderOf) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'everything-has-its-place',
      comment: 'A new folder or top file under src/ needs its place in the layering above.',
      severity: 'error',
      from: { path: '^src/', pathNot: [...Object.keys(parts).map(folderOf), compositionRoot, '^src/setup/'] },
      to: {},
    },
    {
      name: 'app-knows-no-starter',
      comment: 'The app is started by the server, the demo and tests; it does not know which.',
      severity: 'error',
      from: { path: '^src/(app\\.ts$|composition/)' },
      to: { path: '^src/server\\.ts$|^src/(demo|cli)/|^(openapi|test)/' },
    },
    {
      name: 'cli-knows-no-service',
      comment: 'The command line works on local files: it starts no server and knows no AWS.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/(app|server)\\.ts$|^src/(triggers|plugins|embedded|demo)/|^src/composition/(service|start)\\.ts$|^(routes|openapi|test)/' },
    },
    {
      name: 'app-knows-no-emulators',
      severity: 'error',
      from: { path: '^src/app\\.ts$' },
      to: { path: '^src/embedded/' },
    },
    {
      name: 'server-and-demo-use-no-test',
      severity: 'error',
      from: { path: '^src/(server\\.ts$|demo/)' },
      to: { path: '^(openapi|test)/' },
    },
    {
      name: 'openapi-generator-uses-no-test',
      severity: 'error',
      from: { path: '^openapi/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: ourCode },
      to: { circular: true },
    },
    {
      name: 'gdal-only-in-imagery',
      comment: 'GDAL runs in child processes alone: importing it elsewhere would load it into the service.',
      severity: 'error',
      from: { path: ourCode, pathNot: ['^src/imagery/', '^test/'] },
      to: { path: packages('gdal-async') },
    },
    {
      name: 'aws-only-at-the-edges',
      severity: 'error',
      from: { path: ourCode, pathNot: ['^src/(storage|triggers|deliveries|embedded)/', compositionRoot, '^test/'] },
      to: { path: packages('@aws-sdk|@smithy') },
    },
    {
      name: 'fastify-only-in-http',
      severity: 'error',
      from: { path: ourCode, pathNot: ['^routes/', '^src/plugins/', '^src/(app|server)\\.ts$', '^openapi/', '^test/'] },
      to: { path: packages('fastify|fastify-plugin|@fastify') },
    },
    {
      name: 'no-dev-packages-in-production',
      comment: 'The image has no development packages. Only embedded and demo use some, imported when they start.',
      severity: 'error',
      from: { path: '^(src|routes)/', pathNot: ['^src/(embedded|demo)/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'dev-packages-imported-late',
      comment: 'embedded and demo are in the image too: a static import would fail there before they can say why.',
      severity: 'error',
      from: { path: '^src/(embedded|demo)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], dynamic: false },
    },
    {
      name: 'only-declared-packages',
      comment: 'A package that is only there because another one needs it may go with the next update.',
      severity: 'error',
      from: { path: ourCode },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'imports-lead-somewhere',
      severity: 'error',
      from: { path: ourCode },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|src/setup)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Type imports count: a part that knows another's types depends on it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
