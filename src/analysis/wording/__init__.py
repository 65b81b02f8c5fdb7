"""Codes and findings -> words. What other rooms need of the language is named here, once."""

from analysis.wording.ja.audit import name_places as name_places
from analysis.wording.ja.costs import name_costs as name_costs
from analysis.wording.ja.costs import say_no_sum as say_no_sum
from analysis.wording.ja.evaluability import LABELS as LABELS
from analysis.wording.ja.evaluability import name_group as name_group
from analysis.wording.ja.formats import format_fiscal_year as format_fiscal_year
from analysis.wording.ja.formats import format_large_yen as format_large_yen
from analysis.wording.ja.formats import format_number as format_number
from analysis.wording.ja.formats import format_percent as format_percent
from analysis.wording.ja.formats import format_range as format_range
from analysis.wording.ja.formats import format_rate as format_rate
from analysis.wording.ja.formats import format_value as format_value
from analysis.wording.ja.formats import format_yen as format_yen
from analysis.wording.ja.formats import say_years as say_years
from analysis.wording.ja.formats import short_fiscal_year as short_fiscal_year
from analysis.wording.ja.instruments import format_frame as format_frame
from analysis.wording.ja.instruments import name_department as name_department
from analysis.wording.ja.progress import choose_scale as choose_scale
from analysis.wording.ja.readings import DEPENDENCE as DEPENDENCE
from analysis.wording.ja.readings import say_verdict as say_verdict
from analysis.wording.ja.states import mark_state as mark_state
from analysis.wording.ja.targets import say_goal as say_goal
from analysis.wording.ja.trends import is_part as is_part
from analysis.wording.ja.trends import name_of as name_of
from analysis.wording.ja.trends import say_forecast as say_forecast
from analysis.wording.ja.trends import say_slope as say_slope
