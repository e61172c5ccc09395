import { Tag } from 'antd'
import { lightLook } from '../../theme.ts'

/** A word in a frame, of a colour that is read on white. */
export const Mark = ({ colour, children }: { colour?: string; children: string }) => (
  <Tag
    variant="outlined"
    style={colour ? { color: colour, borderColor: colour, background: '#fff', alignSelf: 'center' } : {}}
  >
    {children}
  </Tag>
)

const states = {
  draft: { word: '草稿', colour: lightLook.yellow.colour },
  released: { word: '已下达', colour: '#0b5cab' },
  closed: { word: '已结', colour: '#595959' },
}

export const StateMark = ({ state }: { state: keyof typeof states }) => (
  <Mark colour={states[state].colour}>{states[state].word}</Mark>
)
