import { describe, expect, it } from 'vitest'
import { hear } from './office.ts'

const words = (text: string): string[] => text.split(' ')

/** Before a deed these words make it a wish, a plan, a doubt, a refusal; none of them happened. */
const before = words(
  '还没 没 未 尚未 正在 准备 打算 计划 预计 争取 力争 尽快 马上 即将 快要 待 暂未 不能 无法 难以 可能 应该 大概 也许 需要 要 将 拟 会 能 才 只 先 基本 差不多 部分 一半 大部分 快 就要 得 必须 希望 建议 请 如果 等领导审定后 下周 明天 6月底前 月底 年底 稍后 一会儿 尚 仍未 并未 从未 没法 来不及 忘了 不敢 拒绝 停止 取消 推迟 延期 暂停 暂缓 放弃 开始 着手 尝试 试着 继续 反复 逐步 分批 陆续 初步 大致 形式上 名义上 表面上 理论上 据说 听说 好像 似乎 以为 误以为 假装 最好 最终将 有希望 有把握 有信心 同意 要求我们 催我们 让我们 帮忙 想办法 努力 全力 加快 加紧 抢着 拼命 轮流 明确 承诺 答应 保证 决定 商定 约定 安排 部署 研究 讨论 同步准备 排队 申请 请示 批准 允许 督促 自查后 修改后 审核后 盖章后 上会后 几乎 接近 濒临 距离 离 到月底才 国庆后 过几天 改天 有时间就 没时间 没人 不用 不必 不宜 不便 暂不 缓 免 误 漏 假 虚报',
)
const deeds = words(
  '完成 完成了 办结 办结了 公开 公开了 发布 发布了 报送 上报了 挂网 印发 印发了 弄好 弄完了 搞定 落实到位 全部完成',
)
const after = words(
  '了一半 了一部分 了大半 了80% 不了 得了吗 没有 了没 了吗 中 了，但还没审 了，就是还没盖章 了，除了附件 了，还差一步 的时候 之前 之后再报 了再说 了才怪 情况 时限 要求 标准 难度大 有困难 遥遥无期 是不可能的 还早 不算 不完整 失败 了又删了 后被退回 了，被退回了 了，不过又撤了 了初稿 了第一步 了前两项 了三分之一 了个大概 了个框架 的只有附件 了七成 了大部分 得差不多 率80% 了两次都失败 倒计时 压力大 不到位 不彻底 有误 了假的 的话再说 前要审 不了，缺人 了5个乡镇，还有3个 了，请忽略 了？ 了么 与否未知 指日可待 了一稿 了意见征求 了征求意见稿 进度慢 可能性不大 需要时间 的条件不具备 在望 了我再报 了通知您 了告诉你 了跟你说 了会反馈',
)

describe('a deed that did not happen', () => {
  it.each(before)('%s + any deed closes nothing', (word) => {
    for (const deed of deeds)
      for (const own of ['', '我们']) expect(hear(`12号${own}${word}${deed}`).intent).not.toBe('report')
  })
  it.each(after)('any deed + %s closes nothing', (word) => {
    for (const deed of words('完成 办结 公开 发布 报送 印发 搞定 弄好'))
      for (const own of ['', '已', '我们']) expect(hear(`12号${own}${deed}${word}`).intent).not.toBe('report')
  })
})
