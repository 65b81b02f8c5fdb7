"""What a report cannot say, and what it does without."""

from collections.abc import Iterable

INNER_QUOTES = str.maketrans("「」", "『』")
LIMITS = {
    "effect": [
        "指標の値は事業の効果そのものではありません。事業がなくても生じた変化を、この報告の数値から"
        "取り除くことはできません。",
    ],
    "targets": [
        "達成率や進捗率の大きさは、目標の立て方と従前値の選び方で大きく変わります。"
        "率の高い順は、事業の良さの順ではありません。",
    ],
    "sources": [
        "この報告の数値は、出典に挙げた資料のものだけです。「記載なし」は、ほかの資料にもないという"
        "意味ではありません。",
    ],
    "comparison": [
        "達成率が高い団体ほど良い施策をしているとは言えません。目標の高さも、従前値も、指標が数える"
        "ものも団体ごとに違います。",
        "年度の数が違う団体の「到達した数」を割合にして並べても、順位にはなりません。",
        "総合評価の語や記号は団体ごとに別の基準で付けられています。同じ記号でも同じ意味とは"
        "限りません。",
    ],
    "documents": [
        "ここにあるのは、手元の資料に載っているかどうかだけです。載っていないことは、公表されていない"
        "ことを意味しません。資料が一覧や案内のために作られたものなら、指標や金額を載せないのは"
        "ふつうのことです。",
        "そろった項目の数は、事業の良さではありません。評価のための材料がどれだけあるかだけを"
        "表します。",
        "定員・融資枠・補助の上限は計画や条件であって、使われた量ではありません。",
    ],
}


def describe_left_out(titles: Iterable[str]) -> str:
    """Say which sections a report does without; nothing where it has all."""
    named = "".join(f"「{title.translate(INNER_QUOTES)}」" for title in titles)
    if not named:
        return ""
    return (
        f"載せるものが手元のデータにないため、次の節は省きました：{named}。"
        "資料に書かれていないという意味ではありません。"
    )


def describe_limits(topic: str) -> list[str]:
    """Say what figures of a topic cannot say: a sentence or more for each limit."""
    return LIMITS[topic]
