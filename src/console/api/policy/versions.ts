// Endpoints of versions and their files, and of the audit log.
import { ProblemError } from '#http'
import { type PolicyDesk, tarOf } from '#releases'
import { type Endpoint, endpoint } from '../../endpoint.ts'
import * as shape from '../policy.schema.ts'
import { granted, READ } from './access.ts'

export const versionEndpoints = (desk: PolicyDesk): Endpoint[] => [
  endpoint({
    ...READ,
    method: 'get',
    path: '/api/policy/versions',
    does: 'Versions, newest first. At most 200.',
    answer: shape.versions,
    run: async () => ({ versions: await desk.versions() }),
  }),
  endpoint({
    ...READ,
    method: 'get',
    path: '/api/policy/versions/:version',
    does: 'A version, and what it changes against its parent or another one.',
    problems: [404],
    query: shape.versionQuery,
    answer: shape.version,
    run: async ({ params, query }) => granted(await desk.version(params.version ?? '', query.against)),
  }),
  endpoint({
    ...READ,
    method: 'get',
    path: '/api/policy/versions/:version/file',
    does: 'One file of a version.',
    problems: [404],
    query: shape.fileQuery,
    answer: shape.file,
    run: async ({ params, query }) => {
      const { files } = granted(await desk.files(params.version ?? ''))
      const file = files.find(({ path }) => path === query.path)
      if (!file) throw new ProblemError(404, `there is no \`${query.path}\` in this version`)
      return file
    },
  }),
  endpoint({
    ...READ,
    method: 'get',
    path: '/api/policy/versions/:version/export',
    does: 'The folder of a version as a tar archive, byte for byte.',
    problems: [404],
    stream: 'application/x-tar',
    run: async ({ params, response }) => {
      const { version = '' } = params
      const { files, at } = granted(await desk.files(version))
      response.writeHead(200, {
        'content-type': 'application/x-tar',
        'content-disposition': `attachment; filename="content-${version}.tar"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      response.end(tarOf(files, at))
    },
  }),
  endpoint({
    ...READ,
    method: 'get',
    path: '/api/policy/audit',
    does: 'Who did what, newest first. At most 200.',
    answer: shape.audit,
    run: async () => ({ entries: await desk.audit() }),
  }),
]
