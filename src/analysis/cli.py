def main() -> None:
    print("sosei")
