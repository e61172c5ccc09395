import { attr, readXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** What a part of an Office package refers to: by id, and the first of each kind (`numbering`, `styles`, `officeDocument`). */
export interface Relations {
  byId: Map<string, string>
  byKind: Map<string, string>
}

const folderOf = (part: string): string => part.slice(0, part.lastIndexOf('/') + 1)

/** The relations of a part, their targets as paths in the package; '' asks for those of the package itself. */
export function relationsOf(zip: Zip, part: string): Relations {
  const folder = folderOf(part)
  const relations: Relations = { byId: new Map(), byKind: new Map() }
  readXml(zip, `${folder}_rels/${part.slice(folder.length)}.rels`, {
    open(name, attributes) {
      if (name !== 'Relationship' || attr(attributes, 'TargetMode') === 'External') return
      const target = pathFrom(folder, attr(attributes, 'Target') ?? '')
      const kind = attr(attributes, 'Type') ?? ''
      relations.byId.set(attr(attributes, 'Id') ?? '', target)
      const short = kind.slice(kind.lastIndexOf('/') + 1)
      if (!relations.byKind.has(short)) relations.byKind.set(short, target)
    },
  })
  return relations
}

/** A target as a path from the package's root. */
export function pathFrom(folder: string, target: string): string {
  const path: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') path.pop()
    else if (step !== '' && step !== '.') path.push(step)
  }
  return path.join('/')
}
