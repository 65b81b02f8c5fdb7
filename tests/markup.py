"""A piece of HTML taken apart: its tags, attributes and texts."""

from html.parser import HTMLParser

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a&b", "'\"", "&lt;"]
VOID = {"img", "source"}


class Page(HTMLParser):
    """The tags of a piece with their attributes, and the text inside each."""

    def __init__(self, piece):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(piece.html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append({"tag": tag, "text": "", **dict(attrs)})
        if tag not in VOID:
            self.open.append(len(self.tags) - 1)

    def handle_endtag(self, tag):
        assert self.tags[self.open.pop()]["tag"] == tag

    def handle_data(self, data):
        for number in self.open:
            self.tags[number]["text"] += data

    def all(self, tag):
        return [found for found in self.tags if found["tag"] == tag]

    def texts(self, tag):
        return [found["text"] for found in self.all(tag)]

    @property
    def names(self):
        return {found["tag"] for found in self.tags}


def classes(tag):
    return tag.get("class", "").split()
