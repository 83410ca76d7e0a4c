import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser'

/*
 * Who may import whom. No rule names a feature that another one could not be in its place: `$1` stands for the feature
 * of the importing file, so that a new feature needs no line here. The exceptions are the doors of the three features
 * that others build on, session, directory and documents, and Home, which is made of what the others show there: each
 * gives it a file home.ts in its layer. test/house/imports.test.ts tries every rule.
 */

/** What every feature may know of the three that others build on. */
const commonContracts = '^shared/(session|directory|documents)/contract\\.ts$'

/** The one private read of Home, of which features show their part. */
const homeContract = '^shared/home/contract\\.ts$'

/** Who belongs to what, who has an account, and how files are hung: the only insides of functions/ that other features may call. */
const functionsDoors = [
  '^functions/directory/(addressees|audiences|closed-groups)\\.ts$',
  '^functions/session/accounts\\.ts$',
  '^functions/documents/(attachments|private-attachments|signed-get)\\.ts$',
]

const kernel = '^shared/kernel/'
const list = '^[^/]+/features\\.ts$'
const access = '^functions/[^/]+/access\\.ts$'

/** The files of lib/ that put the deployment together, and so belong to no feature. */
const deployment =
  '^lib/(app|territory-stack|territories|named-territory|territory-problems|about-problems|features)\\.ts$'

/** Sources of web/ that run in Node.js while the app is built, never in a browser. */
const buildTime = ['^web/vite\\.config\\.ts$', '^web/platform/[^/]+\\.plugin\\.ts$']

/** Packages whose names begin with one of `names`, their types included. */
const packages = (...names: readonly string[]): string => `(^|/)node_modules/(@types/)?(${names.join('|')})`
const awsSdk = ['@aws-sdk/', '@smithy/']
const cdk = ['aws-cdk', 'cdk-nag', 'constructs']
const react = ['react', '@[^/]+/react']

/** A feature's folder in each layer, and its file in lib/. Lists of features have rules of their own. */
const features: readonly IForbiddenRuleType[] = [
  {
    name: 'functions-feature',
    comment:
      "A feature's functions import their own folder, functions/platform, shared/kernel, shared/<same feature>, the contracts of session, directory and documents, functions/directory/addressees.ts, functions/directory/audiences.ts, functions/directory/closed-groups.ts, functions/session/accounts.ts, functions/documents/attachments.ts, functions/documents/private-attachments.ts and functions/documents/signed-get.ts. Move what two features need to the platform, or ask the other feature's contract.",
    from: { path: '^functions/([^/]+)/', pathNot: '^functions/(platform|home)/' },
    to: {
      path: '^(functions|shared)/',
      pathNot: ['^functions/($1|platform)/', kernel, '^shared/$1/', commonContracts, list, ...functionsDoors],
    },
  },
  {
    name: 'functions-home',
    comment: 'Home reads what features give it in functions/<feature>/home.ts, and nothing else of a feature.',
    from: { path: '^functions/home/' },
    to: {
      path: '^(functions|shared)/',
      pathNot: [
        ...['^functions/(home|platform)/', '^functions/[^/]+/home\\.ts$'],
        ...[kernel, '^shared/home/', commonContracts, list, ...functionsDoors],
      ],
    },
  },
  {
    name: 'shared-feature',
    comment:
      "A feature's shared code imports its own folder, shared/kernel and the contracts of session, directory and documents.",
    from: { path: '^shared/([^/]+)/', pathNot: [kernel, '^shared/home/'] },
    to: { path: '^shared/', pathNot: ['^shared/$1/', kernel, commonContracts, list] },
  },
  {
    name: 'shared-home',
    comment:
      "Home's contract is made of what features show there: shared/<feature>/home.ts, and nothing else of a feature.",
    from: { path: '^shared/home/' },
    to: { path: '^shared/', pathNot: ['^shared/home/', '^shared/[^/]+/home\\.ts$', kernel, commonContracts, list] },
  },
  {
    name: 'web-feature',
    comment:
      "A feature's screens import their own folder, web/platform, web/ui, shared/kernel, shared/<same feature> and the contracts of session, directory, documents and home. web/app and web/home take features from web/features.ts; only web/home may import a feature's home.tsx.",
    from: { path: '^web/([^/]+)/', pathNot: '^web/(platform|ui|app|home)/' },
    to: {
      path: '^(web|shared)/',
      pathNot: ['^web/($1|platform|ui)/', kernel, '^shared/$1/', commonContracts, homeContract, list],
    },
  },
  {
    name: 'web-app',
    comment:
      "The app's frame takes features from web/features.ts, where each registers its feature.ts, and imports no screen of theirs but web/home.",
    from: { path: '^web/app/' },
    to: { path: '^(web|shared)/', pathNot: ['^web/(app|home|platform|ui)/', kernel, commonContracts, list] },
  },
  {
    name: 'web-home',
    comment:
      'Home shows the blocks that features export: web/<feature>/home.tsx and nothing else of a feature. What a block needs belongs into that file or below it.',
    from: { path: '^web/home/' },
    to: {
      path: '^(web|shared)/',
      pathNot: ['^web/(home|platform|ui)/', '^web/[^/]+/home\\.tsx$', kernel, commonContracts, list],
    },
  },
  {
    name: 'lib-feature',
    comment:
      "A feature's part of the deployment imports lib/platform, lib/territories.ts, shared/kernel, shared/<same feature>, the contracts of session, directory and documents, and the access.ts of its own functions and of the platform.",
    from: { path: '^lib/([^/]+)\\.ts$', pathNot: deployment },
    to: {
      path: ['^(lib|shared)/', access],
      pathNot: [
        ...['^lib/platform/', '^lib/territories\\.ts$', '^functions/($1|platform)/access\\.ts$'],
        ...[kernel, '^shared/$1/', commonContracts, list],
      ],
    },
  },
  {
    name: 'lib-stack',
    comment:
      'The stack takes features from lib/features.ts and contracts from shared/features.ts, composes lib/platform, and names no feature.',
    from: { path: '^lib/(app|territory-stack|territories)\\.ts$' },
    to: {
      path: ['^(lib|shared)/', access],
      pathNot: [...['^lib/platform/', deployment, '^functions/platform/access\\.ts$', kernel, commonContracts, list]],
    },
  },
]

/** The platforms know no feature. */
const platforms: readonly IForbiddenRuleType[] = [
  {
    name: 'functions-platform',
    comment:
      'The platform of functions/ imports itself, shared/kernel and packages. Let the feature hand over what the platform needs, as an argument or in a declaration.',
    from: { path: '^functions/platform/' },
    to: { path: '^(functions|shared)/', pathNot: ['^functions/platform/', kernel, list] },
  },
  {
    name: 'web-platform',
    comment:
      "The pages' platform imports itself, shared/kernel, the session's contract and packages, and shows nothing: neither web/ui nor a feature. Let the feature hand over what the platform needs.",
    from: { path: '^web/platform/' },
    to: { path: '^(web|shared)/', pathNot: ['^web/platform/', kernel, '^shared/session/contract\\.ts$', list] },
  },
  {
    name: 'web-ui',
    comment:
      'Components of web/ui import web/ui, web/platform, shared/kernel and packages. What only one feature shows belongs to that feature.',
    from: { path: '^web/ui/' },
    to: { path: '^(web|shared)/', pathNot: ['^web/(ui|platform)/', kernel, list] },
  },
  {
    name: 'lib-platform',
    comment:
      'Constructs of lib/platform import themselves, lib/territories.ts, shared/kernel, functions/platform/access.ts and packages. Let the feature pass what a construct needs as a property.',
    from: { path: '^lib/platform/' },
    to: {
      path: ['^(lib|shared)/', access],
      pathNot: ['^lib/platform/', '^lib/territories\\.ts$', kernel, '^functions/platform/access\\.ts$', list],
    },
  },
  {
    name: 'lib-local',
    comment:
      'The local region runs any cloud assembly: it imports itself, shared/kernel, packages, and of the deployment only lib/platform/{root,build-cache,prune}.ts, with which it builds one.',
    from: { path: '^lib/local/' },
    to: {
      path: ['^(lib|shared)/', access],
      pathNot: ['^lib/local/', '^lib/platform/(root|build-cache|prune)\\.ts$', kernel, list],
    },
  },
]

/** The one list per layer that may import every feature, and who may import it. */
const lists: readonly IForbiddenRuleType[] = [
  {
    name: 'shared-list',
    comment:
      'shared/features.ts is for the deployment (lib/app.ts, lib/territory-stack.ts), for bin/ and for the lists of other layers. A feature imports its own contract.',
    from: { pathNot: ['^lib/(app|territory-stack)\\.ts$', '^(functions|lib|web)/features\\.ts$', '^(bin|test)/'] },
    to: { path: '^shared/features\\.ts$' },
  },
  {
    name: 'functions-list',
    comment: "functions/features.ts is for functions/delivery, the stream's function, functions/clock, and for bin/.",
    from: { pathNot: ['^functions/(delivery|clock)/', '^(bin|test)/'] },
    to: { path: '^functions/features\\.ts$' },
  },
  {
    name: 'lib-list',
    comment: 'lib/features.ts is for lib/app.ts and lib/territory-stack.ts.',
    from: { pathNot: ['^lib/(app|territory-stack)\\.ts$', '^(bin|test)/'] },
    to: { path: '^lib/features\\.ts$' },
  },
  {
    name: 'web-list',
    comment: 'web/features.ts is for web/app and web/home.',
    from: { pathNot: ['^web/(app|home)/', '^test/'] },
    to: { path: '^web/features\\.ts$' },
  },
]

/** A declaration that its layer's list does not import would be ignored in silence. */
const listed: readonly IForbiddenRuleType[] = [
  {
    name: 'contract-not-listed',
    comment: 'Add this contract to shared/features.ts: the API does not know its routes.',
    module: { path: '^shared/[^/]+/contract\\.ts$', numberOfDependentsLessThan: 1 },
    from: { path: '^shared/features\\.ts$' },
  },
  {
    name: 'deliveries-not-listed',
    comment: 'Add these deliveries to functions/features.ts: the stream does not call them.',
    module: { path: '^functions/[^/]+/deliveries\\.ts$', numberOfDependentsLessThan: 1 },
    from: { path: '^functions/features\\.ts$' },
  },
  {
    name: 'clock-not-listed',
    comment: 'Add this to functions/features.ts: the clock does not call it when something is due.',
    module: { path: '^functions/[^/]+/clock\\.ts$', pathNot: '^functions/platform/', numberOfDependentsLessThan: 1 },
    from: { path: '^functions/features\\.ts$' },
  },
  {
    name: 'function-not-listed',
    comment: 'Add this file to lib/features.ts: what it declares is not deployed.',
    module: { path: '^lib/[^/]+\\.ts$', pathNot: deployment, numberOfDependentsLessThan: 1 },
    from: { path: '^lib/features\\.ts$' },
  },
  {
    name: 'screens-not-listed',
    comment: 'Add this feature to web/features.ts: the app does not show it.',
    module: { path: '^web/[^/]+/feature\\.ts$', numberOfDependentsLessThan: 1 },
    from: { path: '^web/features\\.ts$' },
  },
]

/** The top folders: where code runs, and whom it trusts. */
const rooms: readonly IForbiddenRuleType[] = [
  {
    name: 'kernel',
    comment: 'shared/kernel imports itself and zod/mini, nothing else.',
    from: { path: kernel },
    to: { pathNot: [kernel, '(^|/)node_modules/zod/mini/'] },
  },
  {
    name: 'shared',
    comment:
      'shared/ holds only what a browser may hold: it imports shared/ and zod/mini. What needs Node.js, AWS or stored items belongs to functions/<feature>, what needs React to web/<feature>.',
    from: { path: '^shared/', pathNot: kernel },
    to: { pathNot: ['^shared/', '(^|/)node_modules/zod/mini/'] },
  },
  {
    name: 'functions',
    comment:
      'functions/ runs on Lambda: it imports functions/ and shared/. What a function and a browser both need belongs to shared/<feature>.',
    from: { path: '^functions/' },
    to: { path: '^(bin|lib|web|test)/' },
  },
  {
    name: 'web',
    comment:
      'web/ runs in a browser: it imports web/ and shared/. What a browser and a function both need belongs to shared/<feature>.',
    from: { path: '^web/' },
    to: { path: '^(bin|lib|functions|test)/' },
  },
  {
    name: 'lib',
    comment: 'lib/ declares the deployment: it imports lib/, shared/ and the access.ts of functions.',
    from: { path: '^lib/' },
    to: { path: '^(bin|web|test)/' },
  },
  {
    name: 'lib-to-functions',
    comment:
      'Of functions/, lib/ imports only functions/<feature>/access.ts and functions/platform/access.ts. Entries are bundled by their path.',
    from: { path: '^lib/' },
    to: { path: '^functions/', pathNot: access },
  },
  {
    name: 'bin',
    comment: 'bin/ imports lib/, functions/ and shared/.',
    from: { path: '^bin/' },
    to: { path: '^(web|test)/' },
  },
]

/** Packages and modules of Node.js that have no place where the code runs. */
const runtimes: readonly IForbiddenRuleType[] = [
  {
    name: 'functions-packages',
    comment: 'functions/ runs on Lambda, where neither React nor the CDK has a place.',
    from: { path: '^functions/' },
    to: { path: packages(...react, ...cdk) },
  },
  {
    name: 'web-packages',
    comment: 'web/ runs in a browser, which reaches AWS only through the API.',
    from: { path: '^web/' },
    to: { path: packages(...awsSdk, ...cdk, '@middy/', '@aws-lambda-powertools/', 'aws-lambda') },
  },
  {
    name: 'web-node',
    comment: 'web/ runs in a browser. Only web/vite.config.ts and web/platform/*.plugin.ts run in Node.js.',
    from: { path: '^web/', pathNot: buildTime },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'web-plugin',
    comment: 'Plugins run while the app is built: only web/vite.config.ts imports them.',
    from: { path: '^web/', pathNot: buildTime },
    to: { path: '^web/platform/[^/]+\\.plugin\\.ts$' },
  },
  {
    name: 'development-package',
    comment: 'What runs in production imports no devDependency. Move the package to dependencies in package.json.',
    from: { path: '^(functions|shared|web)/', pathNot: buildTime },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
]

const graph: readonly IForbiddenRuleType[] = [
  {
    name: 'cycle',
    comment:
      'These files import each other, through types at least. Move what both need to a file of its own, or pass it as an argument.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'unresolved',
    comment: 'An import that leads nowhere cannot be checked. "cloudfront" exists only at the edge.',
    from: {},
    to: { couldNotResolve: true, pathNot: '^cloudfront$' },
  },
]

const configuration: IConfiguration = {
  forbidden: [features, platforms, lists, listed, rooms, runtimes, graph]
    .flat()
    .map(rule => ({ ...rule, severity: 'error' })),
  options: {
    // TypeScript 7 has no API that dependency-cruiser can use: docs/decisions/0017-import-rules.md. swc reports type
    // imports as well.
    parser: 'swc',
    doNotFollow: { path: '(^|/)node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
}

export default configuration
