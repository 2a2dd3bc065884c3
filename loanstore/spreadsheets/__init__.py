"""The hand that reads tables: CSV and Excel workbooks with all the damage they arrive with."""
