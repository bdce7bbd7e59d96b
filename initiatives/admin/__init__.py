from initiatives.admin import initiatives, return_reasons

__all__ = ["initiatives", "return_reasons"]
