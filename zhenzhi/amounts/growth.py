"""Words that tell a rise or a fall, and what stands between them and their figure."""

#: Words that tell a rise or a fall, and of them the nouns: 降幅为8% tells a change and no level.
RISES = tuple(
    "比升 前移 跃升 提速 回升 上调 上浮 攀升 增长率 增长 增加 增幅 增速 增收 增支 增产 涨幅 上升 提高 提升 上涨 扩大 递增 "
    "多支出 多支 多收 多缴 偏多 增 涨".split()
)
FALLS = tuple(
    "放缓 压缩 缩小 下调 下浮 下降 减少 减产 精简 降低 下滑 回落 下跌 降幅 减幅 跌幅 缩减 缩短 收窄 压减 压降 递减 "
    "减收 减支 负增长 萎缩 偏少 少支出 少支 少收 少缴 降 减 跌".split()
)
RATES = frozenset("增长率 增幅 增速 涨幅 降幅 减幅 跌幅".split())
#: What makes such a noun of any of these: 下降幅度, 压降率.
RATE_ENDS = ("幅度", "率")
#: What stands between them and the figures of which they tell: 降幅分别为3%、5%, 降幅在40%以上.
SPREAD = ("分别", "依次", "均", "都", "在")
#: Of these a fall is also told with its object between: 压缩审批时限60%.
CUTS = tuple("压减 压缩 精简 缩短 缩减".split())
CUT = tuple("时限 时间 材料 环节 用时 耗时 周期 流程 成本".split())
#: Of words that begin so, those behind these characters tell neither: 新增, 提降, 削减, 至少支出.
NEITHER = {"增": "新", "降": "提", "减": "削", "少": "至", "多": "最"}
