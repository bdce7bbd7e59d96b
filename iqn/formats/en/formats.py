"""English formats of the Government of Canada's style guide; Django's own en-ca differs from it."""

DATE_FORMAT = "F\xa0j, Y"
TIME_FORMAT = "g:i\xa0a"
DATETIME_FORMAT = "F\xa0j, Y, g:i\xa0a"
YEAR_MONTH_FORMAT = "F\xa0Y"
MONTH_DAY_FORMAT = "F\xa0j"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
FIRST_DAY_OF_WEEK = 0
DATE_INPUT_FORMATS = ["%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M"]
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
