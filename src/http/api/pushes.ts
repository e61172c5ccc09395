import {
  previewOf,
  pushesAhead,
  registersNow,
  retentionNow,
  settingsNow,
  subscriptionsShown,
} from '../../flow/console/pushes/ahead.ts'
import { noiseOf, pushAccounts, pushMessages } from '../../flow/console/pushes.ts'
import { BadInput } from '../../model/problem.ts'
import {
  Accounts,
  Ahead,
  Messages,
  MessagesAsked,
  Noise,
  NoiseAsked,
  Preview,
  PreviewAsked,
  RegistersSet,
  RegistersShown,
  RetentionShown,
  SettingsShown,
  Span,
  Subscriptions,
} from '../shapes/pushes.ts'
import { body, json, OFFICE, part, route } from './kit.ts'
import { changed } from './setting.ts'

/** What became of the pushes, what will be pushed, who asked for what, and the office's settings of it. */
export const pushesApi = () =>
  part()
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/pushes/accounts',
        request: { query: Span },
        responses: { 200: json(Accounts, '推送的账：应发等于各项之和') },
      }),
      async (c) => c.json(await pushAccounts(c.get('deps'), c.req.valid('query')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/pushes/messages',
        request: { query: MessagesAsked },
        responses: { 200: json(Messages, '逐条的推送') },
      }),
      async (c) => c.json(await pushMessages(c.get('deps'), c.req.valid('query')), 200),
    )
    .openapi(
      route(OFFICE, { method: 'get', path: '/pushes/ahead', responses: { 200: json(Ahead, '今后一周将推送的') } }),
      async (c) => c.json(await pushesAhead(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/pushes/preview',
        request: { query: PreviewAsked },
        responses: { 200: json(Preview, '其中一条现在会怎么说') },
      }),
      async (c) => {
        const { day, id } = c.req.valid('query')
        return c.json({ card: (await previewOf(c.get('deps'), day, id)) ?? null }, 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/pushes/subscriptions',
        responses: { 200: json(Subscriptions, '另设的推送') },
      }),
      async (c) => c.json(await subscriptionsShown(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, { method: 'get', path: '/pushes/settings', responses: { 200: json(SettingsShown, '设置') } }),
      async (c) => c.json(await settingsNow(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'put',
        path: '/pushes/settings',
        request: { body: body(SettingsShown) },
        responses: { 200: json(SettingsShown, '改后的设置') },
      }),
      async (c) => {
        const { version, settings } = c.req.valid('json')
        return c.json(await changed(c, version, settings, settingsNow), 200)
      },
    )
    .openapi(
      route(OFFICE, { method: 'get', path: '/pushes/retention', responses: { 200: json(RetentionShown, '保留期限') } }),
      async (c) => c.json(await retentionNow(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'put',
        path: '/pushes/retention',
        request: { body: body(RetentionShown) },
        responses: { 200: json(RetentionShown, '改后的保留期限') },
      }),
      async (c) => {
        const { version, retention } = c.req.valid('json')
        return c.json(await changed(c, version, { retention }, retentionNow), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/pushes/registers',
        responses: { 200: json(RegistersShown, '办件时限的设置') },
      }),
      async (c) => c.json(await registersNow(c.get('deps')), 200),
    )
    .openapi(
      route(OFFICE, {
        method: 'put',
        path: '/pushes/registers',
        request: { body: body(RegistersSet) },
        responses: { 200: json(RegistersShown, '改后的办件时限') },
      }),
      async (c) => {
        const { version, registers } = c.req.valid('json')
        const { people } = await registersNow(c.get('deps'))
        if (registers.escalate.some((id) => !people.some((person) => person.id === id)))
          throw new BadInput('时限将到时要告知的人，应是通讯录上的人员')
        return c.json(await changed(c, version, { registers }, registersNow), 200)
      },
    )
    .openapi(
      route(OFFICE, {
        method: 'get',
        path: '/pushes/noise',
        request: { query: NoiseAsked },
        responses: { 200: json(Noise, '各单位收到多少条消息') },
      }),
      async (c) => c.json(await noiseOf(c.get('deps'), c.req.valid('query').month), 200),
    )
export type PushesApi = ReturnType<typeof pushesApi>
